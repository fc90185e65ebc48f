import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const server = fileURLToPath(new URL('notes-process.ts', import.meta.url));

/** A notes server in a process of its own. */
export interface NotesServer {
  readonly url: string;
  /** Resolves when so many notes were created. */
  created(count: number): Promise<void>;
  /** Ids of the notes that are there. */
  ids(): Promise<readonly string[]>;
  stop(): void;
}

/** @param held number of the creation that is never answered */
export async function startNotes(held: number): Promise<NotesServer> {
  const child = fork(server, [String(held)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let most = 0;
  child.on('message', (message: { created?: number }) => {
    most = message.created ?? most;
  });
  const [{ port }] = await once(child, 'message');
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async created(count) {
      while (most < count) await once(child, 'message');
    },
    async ids() {
      const notes: readonly { readonly id: string }[] = await (await fetch(`${url}/notes`)).json();
      return notes.map(({ id }) => id);
    },
    stop: () => void child.kill(),
  };
}

/** A `sparring test` of the notes server with a ledger, in a process of its own. */
export function startTest(url: string, ledger: string): ChildProcess & { readonly text: () => string } {
  const args = [cli, 'test', 'test/contract/notes.yaml', '--url', url, '--ledger', ledger, '--workers', '3'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return Object.assign(child, { text: () => text });
}
