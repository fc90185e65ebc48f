import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createMock } from '../../../src/index.ts';
import { hostileBodies } from './hostile-documents.ts';

/** What an attack on a server of one document came to. */
export interface AttackResult {
  readonly requests: number;
  /** Statuses that no request may get: the server's own faults, and none at all. */
  readonly bad: readonly string[];
  /** Longest hold of the event loop, in milliseconds. */
  readonly longestHold: number;
}

/** Sends hostile requests to a mock of a document. */
export async function attackDocument(document: unknown, size: number): Promise<AttackResult> {
  const mock = await createMock({ apis: [{ name: 'hostile', document }], port: 0 });
  const bad: string[] = [];
  let requests = 0;
  let longestHold = 0;
  const ask = async (what: string, path: string, init: RequestInit = {}) => {
    requests += 1;
    const histogram = await measured(async () => {
      const answer = await fetch(`${mock.url}/hostile${path}`, init);
      await answer.arrayBuffer();
      // Text that breaks the document, and a body that is none, are the caller's faults.
      if (answer.status >= 500) bad.push(`${what}: ${answer.status}`);
    });
    longestHold = Math.max(longestHold, histogram.max / 1e6);
  };
  await ask('list', '/things');
  await ask('dynamic', '/things?__dynamic=true');
  for (const [index, body] of hostileBodies(size).entries())
    await ask(`body ${index}`, '/things', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  await mock.close();
  return { requests, bad, longestHold };
}

/** How long the event loop was held at most while something ran, in nanoseconds. */
export async function measured(run: () => Promise<void>): Promise<{ readonly max: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 5 });
  histogram.enable();
  await run();
  await new Promise((resolve) => setTimeout(resolve, 10));
  histogram.disable();
  return histogram;
}
