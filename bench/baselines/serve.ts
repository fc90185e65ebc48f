import { readFileSync } from 'node:fs';
import { createExpressServer } from './express-server.ts';
import { createNodeServer } from './node-server.ts';
import { createStore } from './store.ts';

/** `node bench/baselines/serve.ts express|node <port> <file with { token, customers }>` */
const [kind, port, file = ''] = process.argv.slice(2);
const { token, customers } = JSON.parse(readFileSync(file, 'utf8'));
const store = createStore(token, customers);
const server = kind === 'express' ? createExpressServer(store) : createNodeServer(store);
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
