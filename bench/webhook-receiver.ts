import { createServer } from 'node:http';

/** `node bench/webhook-receiver.ts <port>`: answers 200 to everything, with nothing in it. */
createServer((request, response) => {
  request.resume().on('end', () => response.end());
}).listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
