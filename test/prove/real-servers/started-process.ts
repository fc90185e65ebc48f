import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A process that has said that it is ready. */
export interface StartedProcess {
  /** What it said then, as the pattern matched it. */
  readonly ready: RegExpExecArray;
  stop(): Promise<void>;
}

/**
 * Starts a program and waits until it says that it is ready.
 *
 * @param command the program and its arguments
 * @param cwd its working folder
 * @param ready what it prints once it listens
 * @throws with all that it printed, when it ends before
 */
export async function startProcess(
  [program = '', ...args]: readonly string[],
  cwd: string,
  ready: RegExp,
): Promise<StartedProcess> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const found = new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (text: string) => {
      printed += text;
      const match = ready.exec(printed);
      if (match) resolve(match);
    };
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', look);
    child.on('error', reject);
    child.on('close', () => reject(new Error(`${program} ended before it was ready:\n${printed}`)));
  });
  const match = await found;
  return {
    ready: match,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Runs a program to its end. Throws with all that it printed, when it fails. */
export async function runProgram([program = '', ...args]: readonly string[], cwd = '/'): Promise<string> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output.stdout}${output.stderr}`);
  return output.stdout;
}

/** A port of 127.0.0.1 that nobody listened at a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
