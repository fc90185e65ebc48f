import { once } from 'node:events';
import { createServer } from 'node:http';
import { notesApp } from './notes-app.ts';

/**
 * The notes server in a process of its own, with one note that somebody else wrote. It tells its parent of each creation;
 * the one whose number is its argument is made, and never answered.
 */
const held = Number(process.argv[2]);
const { app, notes } = notesApp();
notes.set('theirs', { id: 'theirs', title: 'Milk' });
let count = 0;
const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/notes') {
    const end = response.end.bind(response);
    Object.assign(response, {
      end(...parts: Parameters<typeof end>) {
        if (response.statusCode !== 201) return end(...parts);
        count += 1;
        const number = count;
        process.send?.({ created: number });
        return number === held ? response : end(...parts);
      },
    });
  }
  app(request, response);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const address = server.address();
process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
process.once('disconnect', () => process.exit());
