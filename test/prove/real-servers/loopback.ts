import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonOf } from './json-of.ts';
import type { RealServer } from './real-server.ts';
import { runProgram, startProcess } from './started-process.ts';

/** What is there before a run: ids as its own data file has them, and a field of each kind. */
const todos = [
  { id: 1, title: 'Water the plants', desc: 'The ficus too.' },
  { id: 2, title: 'Pay the rent', isComplete: true },
  { id: 3, title: 'Fix the bicycle', tag: { parts: ['chain', 'brake'] } },
  {
    id: 4,
    title: 'Call the plumber',
    remindAtAddress: '1 New Orchard Road, Armonk, 10504',
    remindAtGeo: '41,-73',
  },
];

/** LoopBack's todo example: a REST API over a store in memory, by which nothing outside is reached. */
export const loopback: RealServer = {
  name: 'loopback',
  async install(folder) {
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      await copyFile(new URL(name, import.meta.url), join(folder, name));
    await runProgram(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  },
  async start(folder, installed) {
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data/db.json'), JSON.stringify(database()));
    const app = fileURLToPath(new URL('loopback-app.ts', import.meta.url));
    const command = [process.execPath, app, installed];
    const { ready, stop } = await startProcess(command, folder, /Server is running at (\S+)\n/);
    const [, url = ''] = ready;
    const document = join(folder, 'openapi.json');
    await writeFile(document, JSON.stringify(await jsonOf(`${url}/openapi.json`), null, 2));
    const about = join(installed, 'node_modules/@loopback/example-todo/package.json');
    const { name, version } = JSON.parse(await readFile(about, 'utf8'));
    return {
      url,
      document,
      version: `${name} ${version}`,
      options: [],
      async state() {
        const found: { id: number }[] = await jsonOf(`${url}/todos`);
        return new Map(found.map((todo) => [`todo ${todo.id}`, JSON.stringify(todo)]));
      },
      stop,
    };
  },
};

/** As the store keeps them in its file. */
function database() {
  const Todo = Object.fromEntries(todos.map((todo) => [todo.id, JSON.stringify(todo)]));
  return { ids: { Todo: todos.length + 1 }, models: { Todo } };
}
