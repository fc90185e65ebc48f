import type { Answer, Transport } from './transport.ts';

/** A transport that knows whether anybody is still there. */
export interface WatchedTransport extends Transport {
  /** How many requests in a row found nobody, and why the last of them did. */
  readonly lost: { readonly count: number; readonly message: string };
  /** How many requests in a row got no whole answer in time. */
  readonly silent: number;
  /** How many answers in a row were 429, however long was waited; what the last of them said of when to come again. */
  readonly limited: { readonly count: number; readonly retryAfter: string | undefined };
}

/** @param impatient once given, no request waits any more for a server that asks to be left alone */
export function watchTransport(transport: Transport, impatient?: AbortSignal): WatchedTransport {
  let lost = { count: 0, message: '' };
  let silent = 0;
  let limited: WatchedTransport['limited'] = { count: 0, retryAfter: undefined };

  function watch({ failure, response }: Answer): void {
    if (failure?.kind === 'unreachable') lost = { count: lost.count + 1, message: failure.message };
    else if (response) lost = { count: 0, message: '' };
    if (failure?.kind === 'timeout') silent += 1;
    else if (response) silent = 0;
    if (response?.status === 429)
      limited = { count: limited.count + 1, retryAfter: response.headers['retry-after'] };
    else if (response) limited = { count: 0, retryAfter: undefined };
  }

  return {
    url: transport.url,
    get lost() {
      return lost;
    },
    get silent() {
      return silent;
    },
    get limited() {
      return limited;
    },
    async send(request) {
      const answer = await transport.send(impatient ? { ...request, impatient } : request);
      watch(answer);
      return answer;
    },
    close: () => transport.close(),
  };
}
