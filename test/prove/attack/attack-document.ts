import { createMock } from '../../../src/index.ts';

/** What an attack on a server of one document came to. */
export interface AttackResult {
  readonly requests: number;
  /** Statuses that no request may get: the server's own faults, and none at all. */
  readonly bad: readonly string[];
  /** Longest turn of the event loop, in milliseconds of processor time of its thread. */
  readonly longestHold: number;
}

/** Sends hostile bodies, and requests without, to a mock of a document. */
export async function attackDocument(document: unknown, bodies: readonly string[]): Promise<AttackResult> {
  const mock = await createMock({ apis: [{ name: 'hostile', document }], port: 0 });
  const bad: string[] = [];
  let requests = 0;
  let longestHold = 0;
  const ask = async (what: string, path: string, init: RequestInit = {}) => {
    requests += 1;
    const hold = await longestTurn(async () => {
      const answer = await fetch(`${mock.url}/hostile${path}`, init);
      await answer.arrayBuffer();
      // Text that breaks the document, and a body that is none, are the caller's faults.
      if (answer.status >= 500) bad.push(`${what}: ${answer.status}`);
    });
    longestHold = Math.max(longestHold, hold);
  };
  await ask('list', '/things');
  await ask('dynamic', '/things?__dynamic=true');
  for (const [index, body] of bodies.entries())
    await ask(`body ${index}`, '/things', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  await mock.close();
  return { requests, bad, longestHold };
}

/**
 * The longest turn of the event loop while something ran, in milliseconds. Processor time of this thread is counted: what
 * other processes do on the machine is none of ours.
 */
export async function longestTurn(run: () => Promise<void>): Promise<number> {
  let longest = 0;
  let before = process.threadCpuUsage();
  const look = () => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, now.user + now.system - before.user - before.system);
    before = now;
  };
  const timer = setInterval(look, 1);
  await run();
  look();
  clearInterval(timer);
  return longest / 1000;
}
