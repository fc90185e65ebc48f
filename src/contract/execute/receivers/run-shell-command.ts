import { spawn } from 'node:child_process';
import { SparringError } from '../../../errors.ts';

/** Milliseconds that a user's command may take. */
const patience = 20_000;

/**
 * Runs a line of the user's shell and gives what it prints. What it starts in the background may live on.
 *
 * @throws SparringError `usage` where it fails, or does not end
 */
export function runShellCommand(command: string, flag: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    const fail = (why: string) =>
      reject(
        new SparringError('usage', `The command of ${flag} ${why}: ${command}`, {
          next: 'Try the command by itself; it must end with 0.',
        }),
      );
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`did not end within ${patience / 1000} s`);
    }, patience);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', (error) => fail(`cannot be started (${error.message})`));
    child.on('exit', (code) => {
      clearTimeout(timer);
      // What it left running may keep its output open.
      setImmediate(() => {
        child.stdout.destroy();
        if (code === 0) resolve(output);
        else fail(`ended with ${code}`);
      });
    });
  });
}
