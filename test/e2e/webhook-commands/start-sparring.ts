import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

/** A `sparring` that runs until it is told to stop. */
export interface Started {
  readonly output: { stdout: string; stderr: string };
  /** Resolves once what it prints on stdout matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const running = new Set<() => void>();

export function startSparring(args: readonly string[]): Started {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => void child.kill('SIGKILL');
  running.add(kill);
  const output = { stdout: '', stderr: '' };
  const checks = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    for (const check of checks) check();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => {
    running.delete(kill);
    return code ?? null;
  });
  return {
    output,
    async printed(pattern) {
      const { promise, resolve } = Promise.withResolvers<RegExpExecArray>();
      const check = () => {
        const found = pattern.exec(output.stdout);
        if (found) resolve(found);
      };
      checks.add(check);
      check();
      const found = await Promise.race([promise, ended]);
      checks.delete(check);
      if (found === null || typeof found === 'number') {
        throw new Error(`Ended without ${pattern}: ${output.stdout}${output.stderr}`);
      }
      return found;
    },
    stop(signal = 'SIGINT') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Kills whatever a failed test left. */
export function stopAll(): void {
  for (const kill of running) kill();
}
