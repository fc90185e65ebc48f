import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCustomer, customerIds, openNamespace, openNamespaces } from './open-state.ts';

describe('a version', () => {
  it('stays while nothing changes', async () => {
    const customers = (await openNamespace()).collection('shop', 'customers');
    expect(customers.version).toBe(customers.version);
  });

  it('is never the same for two contents', async () => {
    const namespaces = await openNamespaces();
    const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
    const seen = new Map<number, string>();
    const look = () => {
      for (const namespace of [one, other]) {
        const { version } = namespace.collection('shop', 'customers');
        const content = JSON.stringify(namespace.dump());
        expect(seen.get(version) ?? content).toBe(content);
        seen.set(version, content);
      }
    };
    look();
    one.snapshot('start');
    one.run('shop', (unit) => createCustomer(unit, { name: 'a' }));
    other.run('shop', (unit) => createCustomer(unit, { name: 'b' }));
    look();
    await one.restore('start');
    look();
    one.run('shop', (unit) => createCustomer(unit, { name: 'c' }));
    look();
    await one.reset();
    one.run('shop', (unit) => createCustomer(unit, { name: 'd' }));
    look();
    await one.replace({ shop: { customers: [{ id: 'eve' }] } });
    look();
  });
});

it('is listed in creation order by an array that stays as it was', async () => {
  const namespace = await openNamespace();
  const customers = namespace.collection('shop', 'customers');
  const before = customers.list();
  namespace.run('shop', (unit) => createCustomer(unit));
  expect(before).toHaveLength(3);
  expect(customerIds(namespace)).toHaveLength(4);
});

it('is listed in creation order also where an edit by hand came before what a unit of work inserts', async () => {
  const namespace = await openNamespace();
  const edited = Promise.withResolvers<void>();
  const done = namespace.run('shop', async (unit) => {
    const customers = unit.collection('customers');
    customers.insert('dan', { id: 'dan' });
    customers.insert('eve', { id: 'eve', from: 'unit' });
    await edited.promise;
  });
  const change = { api: 'shop', collection: 'customers', id: 'eve', ordinal: 3, value: { id: 'eve' } };
  namespace.applyEdit({ namespace: 'default', changes: [change], overruled: [] });
  edited.resolve();
  await done;
  expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay', 'dan', 'eve']);
  expect(namespace.collection('shop', 'customers').get('eve')?.value).toEqual({ id: 'eve', from: 'unit' });
});

it('does what a plain list does, whatever is done to it', async () => {
  const write = fc.record({
    kind: fc.constantFrom('insert', 'replace', 'delete'),
    id: fc.integer({ min: 0, max: 6 }).map(String),
  });
  const unitOf = fc.record({ writes: fc.array(write, { maxLength: 6 }), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(unitOf, { maxLength: 8 }), async (units) => {
      const namespace = await openNamespace({ fixtures: async () => new Map() });
      let model: { id: string; count: number }[] = [];
      let count = 0;
      for (const { fails, writes } of units) {
        const next = structuredClone(model);
        const work = () =>
          namespace.run('shop', (unit) => {
            const things = unit.collection('things');
            for (const { id, kind } of writes) {
              const index = next.findIndex((entry) => entry.id === id);
              count += 1;
              if (kind === 'insert' && index < 0) {
                things.insert(id, { id, count });
                next.push({ id, count });
              } else if (kind === 'replace' && index >= 0) {
                things.replace(id, { id, count });
                next[index] = { id, count };
              } else if (kind === 'delete') {
                things.delete(id);
                if (index >= 0) next.splice(index, 1);
              }
              expect(things.list().map(({ value }) => value)).toEqual(next);
            }
            if (fails) throw new Error('discarded');
          });
        if (fails) expect(work).toThrow('discarded');
        else work();
        if (!fails) model = next;
        expect(
          namespace
            .collection('shop', 'things')
            .list()
            .map(({ value }) => value),
        ).toEqual(model);
      }
    }),
    { numRuns: 300 },
  );
});
