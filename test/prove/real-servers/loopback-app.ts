/**
 * Starts LoopBack's todo example, as its own `index.js` does, but for two things: it listens
 * at a free port, and asks a geocoder in this process rather than one on the internet.
 *
 * Usage: node loopback-app.ts <folder that it is installed in>, from the folder with its data
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const example = join(folder, 'node_modules/@loopback/example-todo');
const require = createRequire(example);
const { TodoListApplication } = require(example);
const { GeocoderDataSource } = require(join(example, 'dist/datasources'));

/** Like the real one, it knows addresses such as "1 New Orchard Road, Armonk, 10504", and finds nothing for other texts. */
const geocoder = createServer((request, response) => {
  const address = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('address') ?? '';
  const isKnown = /^\d+ [^,]+,[^,]+/.test(address);
  const addressMatches = isKnown ? [{ coordinates: { x: -73.72, y: 41.11 } }] : [];
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ result: { addressMatches } }));
}).listen(0, '127.0.0.1');
await once(geocoder, 'listening');
const address = geocoder.address();
const port = address !== null && typeof address === 'object' ? address.port : 0;

const { operations, ...rest } = GeocoderDataSource.defaultConfig;
const [{ template, functions }] = operations;
const app = new TodoListApplication({
  rest: { port: 0, host: '127.0.0.1', openApiSpec: { setServersFromRequest: true } },
});
app.bind('datasources.config.geocoder').to({
  ...rest,
  operations: [{ template: { ...template, url: `http://127.0.0.1:${port}/` }, functions }],
});
await app.boot();
await app.start();
process.stdout.write(`Server is running at ${app.restServer.url}\n`);
