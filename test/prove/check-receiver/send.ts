import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';

/** What a receiver answered, and after how many milliseconds. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly took: number;
}

/** Sends a body whole, or in chunks of HTTP's own where it is a list. Header names go out as they are written. */
export async function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer | readonly Buffer[],
  method = 'POST',
): Promise<Answer> {
  const started = performance.now();
  const length: Record<string, string> = Buffer.isBuffer(body)
    ? { 'Content-Length': String(body.length) }
    : {};
  const sent = request(url, { method, headers: { ...headers, ...length }, agent: false });
  const answered = once(sent, 'response');
  for (const chunk of Buffer.isBuffer(body) ? [body] : body) sent.write(chunk);
  sent.end();
  const [response] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    took: performance.now() - started,
  };
}

/** Sends a body and hangs up as soon as it is sent. */
export async function sendAndHangUp(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<void> {
  const sent = request(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Length': String(body.length) },
    agent: false,
  });
  // That the connection broke is what was wanted: it is no error here.
  const closed = new Promise((resolve) => sent.on('error', () => undefined).on('close', resolve));
  sent.on('finish', () => sent.destroy()).end(body);
  await closed;
}
