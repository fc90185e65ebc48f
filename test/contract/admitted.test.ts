import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runSparring } from '../commands/run-sparring.ts';
import { writeDocument } from '../openapi/inline-document.ts';

const ok = "responses: { '200': { description: ok } }";
const schemes = `components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
`;
const paths = (security: string) => `openapi: 3.1.0
info: { title: Two, version: '1' }
paths:
  /a: { get: { operationId: readA, ${security}${ok} } }
  /b: { get: { operationId: readB, ${security}${ok} } }
`;
const asking = `${paths('security: [{ token: [] }], ')}${schemes}`;

/** A server, and the requests that it got. */
async function serve(answer: (request: IncomingMessage) => number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer(request)).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

const isGood = ({ headers }: IncomingMessage) => headers.authorization === 'Bearer good';

describe('credentials that a server refuses', () => {
  it('end the run before anything else is sent, with one line', async () => {
    const { asked, url } = await serve((request) => (isGood(request) ? 200 : 401));
    const run = await runSparring([
      'test',
      writeDocument('two.yaml', asking),
      '--url',
      url,
      '--bearer',
      'old',
    ]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(
      /^Credentials refused: .* refuses the given credentials: it answered GET \/a 401, GET \/b 401\./,
    );
    expect(run.stdout).toBe('');
    expect(asked).toEqual(['GET /', 'GET /_sparring/apis', 'GET /a', 'GET /b']);
    expect(run.stderr).not.toContain('old');
  });

  it('are not taken so where one operation alone refuses them', async () => {
    const { url } = await serve((request) => (request.url === '/b' && isGood(request) ? 200 : 401));
    const run = await runSparring([
      'test',
      writeDocument('two.yaml', asking),
      '--url',
      url,
      '--bearer',
      'good',
    ]);
    expect(run.code).toBe(1);
    expect(run.stderr).toBe('');
  });

  it('are found out where the document asks for none, and the given ones are sent, which is said once', async () => {
    const { url } = await serve((request) => (request.url === '/' || isGood(request) ? 200 : 401));
    const file = writeDocument('two.yaml', paths(''));
    const good = await runSparring(['test', file, '--url', url, '--bearer', 'good', '--phases', 'examples']);
    expect(good.code).toBe(0);
    expect(
      good.stdout.match(/^Note: the document does not say that credentials are asked for/gm),
    ).toHaveLength(1);
    const bad = await runSparring(['test', file, '--url', url, '--header', 'authorization: Bearer bad']);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('refuses the given credentials');
  });

  it.each([
    [['--bearer', ''], {}, '--bearer'],
    [['--basic', ':'], {}, '--basic'],
    [['--api-key', 'X-Key='], {}, '--api-key'],
    [['--header', 'Authorization: Bearer '], {}, '--header'],
    [[], { SPARRING_TOKEN: '' }, 'SPARRING_TOKEN'],
    [[], { SPARRING_API_KEY: ' ' }, 'SPARRING_API_KEY'],
  ])('that are empty are told before anything is sent: %j %j', async (flags, env, name) => {
    const { asked, url } = await serve(() => 200);
    const run = await runSparring(['test', writeDocument('two.yaml', asking), '--url', url, ...flags], {
      env,
    });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`${name} is empty`);
    expect(asked).toEqual([]);
  });
});

describe('a run that sees too little succeed', () => {
  const four = `openapi: 3.1.0
info: { title: Four, version: '1' }
paths:
${['a', 'b', 'c', 'd'].map((name) => `  /${name}: { get: { operationId: ${name}, responses: { '200': { description: ok }, '403': { description: no } } } }`).join('\n')}
`;
  const run = async (good: number, ...flags: string[]) => {
    const { url } = await serve(({ url: path = '' }) => ('abcd'.indexOf(path.slice(1)) < good ? 200 : 403));
    return runSparring([
      'test',
      writeDocument('four.yaml', four),
      '--url',
      url,
      '--phases',
      'examples',
      ...flags,
    ]);
  };

  it.each([
    [1, [], 1],
    [2, [], 0],
    [0, ['--min-coverage', '0'], 0],
    [3, ['--min-coverage', '0.9'], 1],
    [1, ['--only', 'operation:a'], 0],
  ] as const)('%i of 4, %j: exit code %i', async (good, flags, code) => {
    const done = await run(good, ...flags);
    expect(done.stderr).toBe('');
    expect(done.code).toBe(code);
    const line = /FAILED only (\d) of 4 operations that were tried answered a success.*\n {2}[bcd, ]+: 403\n/;
    expect(line.test(done.stdout)).toBe(code === 1);
  });

  it('says so in the other formats', async () => {
    expect((await run(1, '--reporter', 'json')).stdout).toContain('"shortfall": {');
    expect((await run(1, '--reporter', 'junit')).stdout).toContain('25 % of the operations that were tried');
    expect((await run(1, '--reporter', 'html')).stdout).toContain('Only 1 of 4 operations');
  });

  it('counts what there are no credentials for', async () => {
    const { url } = await serve(() => 200);
    const done = await runSparring(['test', writeDocument('two.yaml', asking), '--url', url]);
    expect(done.code).toBe(1);
    expect(done.stdout).toContain('there are no credentials for token');
  });
});
