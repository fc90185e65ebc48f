import { expect, it } from 'vitest';
import { delivery } from '../storage/delivery-samples.ts';
import { createCustomer, customerIds, openNamespaces } from './open-state.ts';

const create = (text: string) => (unit: Parameters<typeof createCustomer>[0]) =>
  createCustomer(unit, { text });
const large = 'a'.repeat(4000);

it('records of all namespaces share a bound, and what goes beyond it is refused whole', async () => {
  const namespaces = await openNamespaces({ mostRecordBytes: 10_000 });
  const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
  await one.run('shop', create(large));
  await other.run('shop', create(large));
  expect(() => one.run('shop', create(large))).toThrow(expect.objectContaining({ code: 'state-full' }));
  expect(customerIds(one)).toHaveLength(4);
  expect(() => one.run('shop', (unit) => void unit.collection('customers').delete('ann'))).not.toThrow();

  await namespaces.drop('other');
  await one.run('shop', create(large));
  expect(customerIds(one)).toHaveLength(4);
});

it('a record that is replaced or deleted, and a state that is reset, give back what they took', async () => {
  const namespaces = await openNamespaces({ mostRecordBytes: 10_000 });
  const namespace = await namespaces.get('one');
  for (let round = 0; round < 10; round += 1) {
    const id = await namespace.run('shop', create(large));
    await namespace.run('shop', (unit) => unit.collection('customers').replace(id, { id, text: large }));
    await namespace.run('shop', (unit) => void unit.collection('customers').delete(id));
  }
  await namespace.run('shop', create(large));
  await namespace.run('shop', create(large));
  await namespace.reset();
  await namespace.run('shop', create(large));
  expect(customerIds(namespace)).toHaveLength(4);
});

it('a whole state that is too large is refused, and the one before it stays', async () => {
  const namespace = await (await openNamespaces({ mostRecordBytes: 10_000 })).get('one');
  const customers = [1, 2, 3].map((id) => ({ id: String(id), text: large }));
  await expect(namespace.replace({ shop: { customers } })).rejects.toMatchObject({ code: 'state-full' });
  expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay']);
});

it('deliveries that wait in all namespaces share a bound', async () => {
  const namespaces = await openNamespaces();
  const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
  const mebibyte = 1024 * 1024;
  await one.run('shop', (unit) => unit.deliver(delivery(1, { body: 'a'.repeat(40 * mebibyte) })));
  expect(other.admits(20 * mebibyte)).toBe(true);
  expect(other.admits(30 * mebibyte)).toBe(false);
  await namespaces.drop('one');
  expect(other.admits(30 * mebibyte)).toBe(true);
});
