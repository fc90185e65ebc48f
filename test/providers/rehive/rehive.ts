import type { Mock } from '../../../src/index.ts';

export const token = `rehive-demo-token-${'0'.repeat(46)}`;

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what tests read out of JSON
  readonly body: any;
}

/** Calls of Rehive's admin API as its npm client makes them: JSON, the token behind its word, paths with a slash at their end. */
export function adminOf(mock: Mock, authorization = `Token ${token}`) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await mock.fetch(`/rehive/3/admin${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
}
