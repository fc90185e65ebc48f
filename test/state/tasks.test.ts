import { describe, expect, it } from 'vitest';
import type { Namespace } from '../../src/state/namespace.ts';
import { atRest, createManualTime, start } from '../manual-time.ts';
import { customerIds, openNamespace } from './open-state.ts';

function schedule(namespace: Namespace, task: string, delay: number, id = 'ann'): void {
  void namespace.run('shop', (unit) =>
    unit.schedule({ task, dueAt: unit.now + delay, collection: 'customers', id }),
  );
}

describe('a scheduled task', () => {
  it('runs in a unit of its own when due, and once', async () => {
    const time = createManualTime();
    const namespace = await openNamespace({ time });
    namespace.onTask((api, { task }, unit, { id, value }) => {
      unit.collection('customers').replace(id, { ...value, done: `${api} ${task}`, at: unit.now - start });
    });
    schedule(namespace, 'greet', 1000);
    await time.pass(999);
    expect(namespace.collection('shop', 'customers').get('ann')?.value).toEqual({ id: 'ann' });
    await time.pass(5000);
    expect(namespace.collection('shop', 'customers').get('ann')?.value).toEqual({
      id: 'ann',
      done: 'shop greet',
      at: 1000,
    });
    expect(namespace.collection('shop', '_tasks').list()).toEqual([]);
  });

  it('is not seen beside the records', async () => {
    const namespace = await openNamespace();
    schedule(namespace, 'greet', 1000);
    expect(namespace.collections('shop')).toEqual(['customers']);
    expect(namespace.dump()).toEqual({ shop: { customers: [{ id: 'ann' }, { id: 'bob' }, { id: 'cay' }] } });
  });

  it('does not run when its unit is discarded', async () => {
    const namespace = await openNamespace({ now: start });
    const ran: string[] = [];
    namespace.onTask((_api, { task }) => void ran.push(task));
    expect(() =>
      namespace.run('shop', (unit) => {
        unit.schedule({ task: 'greet', dueAt: start, collection: 'customers', id: 'ann' });
        throw new Error('no');
      }),
    ).toThrow('no');
    await namespace.clock.advance(10);
    expect(ran).toEqual([]);
  });

  it('goes with its record, also when another takes the id', async () => {
    const namespace = await openNamespace({ now: start });
    const ran: string[] = [];
    namespace.onTask((_api, { task }, _unit, { id }) => void ran.push(`${task} ${id}`));
    schedule(namespace, 'greet', 10, 'ann');
    schedule(namespace, 'greet', 10, 'bob');
    namespace.run('shop', (unit) => void unit.collection('customers').delete('ann'));
    expect(namespace.collection('shop', '_tasks').list()).toHaveLength(1);
    namespace.run('shop', (unit) => void unit.collection('customers').insert('ann', { id: 'ann' }));
    await namespace.clock.advance(20);
    expect(ran).toEqual(['greet bob']);
  });

  it('goes with its record when the state is replaced or reset', async () => {
    const namespace = await openNamespace({ now: start });
    const ran: string[] = [];
    namespace.onTask((_api, { task }) => void ran.push(task));
    schedule(namespace, 'before replace', 10);
    await namespace.replace({ shop: { customers: [{ id: 'ann' }] } });
    schedule(namespace, 'before reset', 10);
    await namespace.reset();
    await namespace.clock.advance(20);
    expect(ran).toEqual([]);
  });

  it('comes back with a snapshot', async () => {
    const namespace = await openNamespace({ now: start });
    const ran: string[] = [];
    namespace.onTask((_api, { task }) => void ran.push(task));
    schedule(namespace, 'kept', 10);
    namespace.snapshot('waiting');
    await namespace.clock.advance(10);
    await namespace.restore('waiting');
    schedule(namespace, 'later', 20);
    await namespace.clock.advance(10);
    expect(ran).toEqual(['kept', 'kept']);
  });

  it('waits on a frozen clock for advance, which runs all that is due in order and waits for each', async () => {
    const time = createManualTime();
    const namespace = await openNamespace({ time, now: start });
    const log: string[] = [];
    namespace.onTask(async (_api, { task }, unit) => {
      await atRest();
      log.push(`${task} at ${unit.now - start}`);
      if (task === 'first')
        unit.schedule({ task: 'next', dueAt: unit.now + 5, collection: 'customers', id: 'bob' });
    });
    schedule(namespace, 'second', 20);
    schedule(namespace, 'first', 10);
    schedule(namespace, 'too late', 21);
    await time.pass(1000);
    expect(log).toEqual([]);
    await namespace.clock.advance(20);
    expect(log).toEqual(['first at 10', 'next at 15', 'second at 20']);
  });

  it('leaves no trace when it throws, is told of, and holds up no other', async () => {
    const errors: unknown[] = [];
    const namespace = await openNamespace({ now: start, onError: (error) => errors.push(error) });
    namespace.onTask((_api, { task }, unit) => {
      unit.collection('customers').insert(task, { id: task });
      if (task === 'bad') throw new Error('bad task');
    });
    schedule(namespace, 'bad', 1);
    schedule(namespace, 'good', 2);
    await namespace.clock.advance(5);
    expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay', 'good']);
    expect(errors).toEqual([new Error('bad task')]);
  });
});
