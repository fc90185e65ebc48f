import type { Mock } from 'sparring';
import request, { type Response as ParsedResponse, type Test } from 'supertest';

/** Answers requests of the Fetch API by supertest, which needs no server that listens. */
export function supertestFetch(app: Mock['app']): (asked: Request) => Promise<Response> {
  const agent = request(app);
  return async (asked) => {
    const { pathname, search } = new URL(asked.url);
    const test = callOf(
      agent,
      asked.method,
    )(`${pathname}${search}`)
      .redirects(0)
      .ok(() => true)
      .buffer(true)
      .parse(bytesOf);
    for (const [name, value] of asked.headers) test.set(name, value);
    const body = await asked.text();
    const answer = await (body === '' ? test : test.send(body));
    const isBodiless = [204, 205, 304].includes(answer.status) || asked.method === 'HEAD';
    return new Response(isBodiless ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}

function callOf(agent: ReturnType<typeof request>, method: string): (path: string) => Test {
  switch (method) {
    case 'GET':
      return agent.get;
    case 'HEAD':
      return agent.head;
    case 'POST':
      return agent.post;
    case 'PUT':
      return agent.put;
    case 'PATCH':
      return agent.patch;
    case 'DELETE':
      return agent.delete;
    case 'OPTIONS':
      return agent.options;
    default:
      throw new TypeError(`supertest is not asked to ${method} here.`);
  }
}

function bytesOf(response: ParsedResponse, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => done(null, Buffer.concat(chunks)));
}
