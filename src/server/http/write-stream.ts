import type { ServerResponse } from 'node:http';
import type { AnswerStream } from '../message/api-message.ts';

/** Writes the items of a stream one after the other, and ends it unless it is to stay open; stops when the client has gone. */
export async function writeStream(response: ServerResponse, stream: AnswerStream): Promise<void> {
  for await (const part of timedParts(stream, () => response.destroyed)) response.write(part);
  if (!response.destroyed && !stream.open) response.end();
}

/** The items of a stream, each when it is due. */
export async function* timedParts(
  { interval, parts, wait }: AnswerStream,
  hasEnded: () => boolean,
): AsyncGenerator<string> {
  for (const [index, part] of parts.entries()) {
    if (index > 0 && interval > 0) await wait(interval);
    if (hasEnded()) return;
    yield part;
  }
}

/** A stream as a body of the Fetch API. */
export function readableStream(stream: AnswerStream): ReadableStream<Uint8Array> {
  let isCancelled = false;
  const parts = timedParts(stream, () => isCancelled);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (!done) controller.enqueue(encoder.encode(value));
      else if (!stream.open) controller.close();
      else await new Promise(() => undefined);
    },
    cancel() {
      isCancelled = true;
    },
  });
}
