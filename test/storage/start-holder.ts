import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('lock-holder.ts', import.meta.url));

/** Puts a process into a namespace of process ids of its own, where the system lets us. */
const isolating = ['unshare', '--pid', '--fork', '--kill-child'];
const canIsolate = spawnSync('unshare', [...isolating.slice(1), 'true']).status === 0;

export interface Holder {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** Its next line of output. */
  line(): Promise<string>;
  kill(): Promise<void>;
}

/** Starts a process that opens `data` once it is told to. With `identity` it has, or lies about, another host and process id. */
export function startHolder(
  data: string,
  identity?: { readonly host: string; readonly pid: number },
): Holder {
  const lies = identity ? [identity.host, String(identity.pid)] : [];
  const [command = '', ...args] = [
    ...(identity && canIsolate ? isolating : []),
    ...[process.execPath, program, data, ...lies],
  ];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
    // Of what was isolated, `unshare` ends first; the output ends with the last process.
    while (!(await lines.next()).done);
  };
  onTestFinished(kill);
  return { child, line: async () => String((await lines.next()).value).trim(), kill };
}

export async function load(holder: Holder): Promise<string> {
  expect(await holder.line()).toBe('ready');
  holder.child.stdin.end();
  return holder.line();
}
