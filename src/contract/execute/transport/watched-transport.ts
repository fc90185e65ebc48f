import type { Transport } from './transport.ts';

/** A transport that knows whether anybody is still there. */
export interface WatchedTransport extends Transport {
  /** How many requests in a row found nobody, and why the last of them did. */
  readonly lost: { readonly count: number; readonly message: string };
}

export function watchTransport(transport: Transport): WatchedTransport {
  let lost = { count: 0, message: '' };
  return {
    url: transport.url,
    get lost() {
      return lost;
    },
    async send(request) {
      const answer = await transport.send(request);
      const { failure } = answer;
      if (failure?.kind === 'unreachable') lost = { count: lost.count + 1, message: failure.message };
      else if (answer.response) lost = { count: 0, message: '' };
      return answer;
    },
    close: () => transport.close(),
  };
}
