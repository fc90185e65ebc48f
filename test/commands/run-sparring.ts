import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Json = ReturnType<typeof JSON.parse>;
type Environment = Readonly<Record<string, string>>;

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'src/cli.ts');

/** The petstore-like document of these tests. */
export const petstore = fileURLToPath(new URL('documents/petstore.yaml', import.meta.url));

/** A command line that ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Working folder; the project's own when absent. */
  readonly cwd?: string;
  readonly env?: Environment;
}

/** Runs the CLI in a process of its own until it ends. */
export async function runSparring(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { child, output } = start(args, options);
  // What should have failed and serves instead must not outlive the test.
  const late = setTimeout(() => child.kill('SIGKILL'), 50_000);
  const [code] = await once(child, 'close');
  clearTimeout(late);
  return { code, ...output };
}

/** A `sparring serve` in a process of its own. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: { stdout: string; stderr: string };
  /** Resolves once what it prints matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  kill(signal: NodeJS.Signals): void;
  /** Kills it when it still runs; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** Starts `sparring serve` (or `listen`) on a free port and waits until it is ready, with `--json` unless told otherwise. */
export async function startServer(
  args: readonly string[],
  {
    json = true,
    command = 'serve',
    ...options
  }: RunOptions & { json?: boolean; command?: 'serve' | 'listen' } = {},
): Promise<Server> {
  const { child, output } = start([command, '--port', '0', ...(json ? ['--json'] : []), ...args], options);
  running.add(child);
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code;
  });
  const printed = (pattern: RegExp) => waitFor(child, output, pattern);
  const [, url = ''] = await printed(
    json ? /"event":"ready","url":"([^"]+)"/ : /Admin +(http\S+)\/_sparring[\s\S]*Ctrl-C/,
  );
  return {
    url,
    pid: child.pid ?? 0,
    output,
    printed,
    fetch: (path, init) => fetch(`${url}${path}`, init),
    kill: (signal) => void child.kill(signal),
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
    ended,
  };
}

/** Kills whatever a failed test left. */
export async function stopServers(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      child.kill('SIGKILL');
      return once(child, 'close');
    }),
  );
}

/** A folder of its own for a test, with what removes it. */
export async function makeFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'sparring-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The JSON objects of a log, one a line. Throws when a line is not one. */
export function jsonLines(text: string): Json[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function start(args: readonly string[], { cwd = root, env = {} }: RunOptions) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SPARRING_|NO_COLOR|FORCE_COLOR|NODE_)/.test(name),
  );
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return { child, output };
}

function waitFor(child: ChildProcess, output: Server['output'], pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
      if (found) settle(() => resolve(found));
    };
    const gone = () =>
      settle(() => reject(new Error(`Ended without ${pattern}: ${output.stdout}${output.stderr}`)));
    const settle = (end: () => void) => {
      child.stdout?.off('data', look);
      child.stderr?.off('data', look);
      child.off('close', gone);
      end();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('close', gone);
    look();
  });
}
