import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { petstore, startServer } from '../../commands/run-sparring.ts';
import { createRandom } from '../kill-and-check.ts';

/** What the server has answered so far, and has to know after every kill. */
interface Answered {
  now: string;
  readonly faults: Set<string>;
  readonly snapshots: Set<string>;
  readonly pets: Set<string>;
}

/**
 * Starts a server on `data`, changes the clock, faults, snapshots and records, kills it with SIGKILL a moment after an answer, and checks
 * after the restart that all that was answered is there; over and over. Resolves with how much was answered.
 */
export async function killAfterAnswers(data: string, kills: number, seed: number): Promise<number> {
  const random = createRandom(seed);
  const answered: Answered = { now: '', faults: new Set(), snapshots: new Set(), pets: new Set() };
  let answers = 0;
  for (let kill = 0; kill <= kills; kill += 1) {
    const server = await startServer([petstore, '--no-fixtures', '--data', data]);
    const send = async (method: string, path: string, body?: object) => {
      const answer = await server.fetch(path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      expect([method, path, answer.ok]).toEqual([method, path, true]);
      return answer.status === 204 ? undefined : answer.json();
    };
    await check(send, answered);
    const turns = 1 + Math.floor(random() * 6);
    for (let turn = 0; turn < turns; turn += 1) {
      const name = `${kill}-${turn}`;
      const choice = Math.floor(random() * 4);
      if (choice === 0) {
        const now = new Date(Date.UTC(2030 + kill, 0, 1, 0, turn)).toISOString();
        await send('POST', '/_sparring/clock', { now, frozen: true });
        answered.now = now;
      } else if (choice === 1) {
        await send('PUT', `/_sparring/faults/${name}`, { operation: 'listPets', latency: 1 });
        answered.faults.add(name);
      } else if (choice === 2) {
        await send('PUT', `/_sparring/snapshots/${name}`);
        answered.snapshots.add(name);
      } else {
        const pet: { id: string } = await send('POST', '/petstore/pets', { name });
        answered.pets.add(String(pet.id));
      }
      answers += 1;
    }
    if (random() < 0.5) await wait(random() * 3);
    expect(await server.stop('SIGKILL')).toBe(null);
  }
  return answers;
}

async function check(
  send: (method: string, path: string) => Promise<unknown>,
  answered: Answered,
): Promise<void> {
  const idsOf = (list: unknown) => (Array.isArray(list) ? list.map((each) => String(each.id ?? each)) : []);
  const missing = async (path: string, expected: Set<string>) => {
    const found = new Set(idsOf(await send('GET', path)));
    return [...expected].filter((id) => !found.has(id));
  };
  expect(await missing('/_sparring/faults', answered.faults)).toEqual([]);
  expect(await missing('/_sparring/snapshots', answered.snapshots)).toEqual([]);
  expect(await missing('/petstore/pets?limit=1000', answered.pets)).toEqual([]);
  if (answered.now !== '') expect(await send('GET', '/_sparring/clock')).toMatchObject({ now: answered.now });
}
