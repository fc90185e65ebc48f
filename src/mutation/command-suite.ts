import { spawn } from 'node:child_process';
import { SparringError } from '../errors.ts';
import { mockApis } from '../server/create-mock.ts';
import type { ServedApi } from '../server/model/served-api.ts';
import { mintToken } from './mutants/witness-credentials.ts';
import type { Suite, SuiteVerdict } from './suite.ts';
import { standstill } from './witness-world.ts';

export interface CommandOptions {
  readonly seed: number;
  /** Milliseconds that the command may take. */
  readonly timeout: number;
  readonly environment: NodeJS.ProcessEnv;
}

/** Characters of a command's output that are kept, its last. */
const mostOutput = 4000;

/** Any command as the suite: it finds the mock by its environment, and fails by its exit code, or by not ending in time. */
export function commandSuite(command: readonly string[], options: CommandOptions): Suite {
  return {
    name: command.join(' '),
    async run(api, mutant) {
      const { seed } = options;
      const mock = await mockApis(new Map([[api.name, api]]), { port: 0, now: standstill, seed });
      try {
        const own = variablesFor(api, `${mock.url}/${api.name}`, mutant?.place ?? '');
        return await runCommand(command, { ...options.environment, ...own }, options.timeout);
      } finally {
        await mock.close();
      }
    },
  };
}

/** What tells a command where the mock is, and who may call it. */
export function variablesFor(api: ServedApi, url: string, mutant: string): Readonly<Record<string, string>> {
  const known = [...api.credentials.values()];
  const first = <T>(values: readonly (T | undefined)[]) => values.find((value) => value !== undefined);
  const issued = known.find(({ issuedBy }) => issuedBy !== undefined);
  const token = first([
    issued && mintToken(api, issued, issued.scopes, Date.parse(standstill)),
    ...known.map((credential) => credential.token),
  ]);
  const variables = {
    SPARRING_URL: url,
    SPARRING_API: api.name,
    SPARRING_MUTANT: mutant,
    SPARRING_TOKEN: token,
    SPARRING_USERNAME: first(known.map(({ username }) => username)),
    SPARRING_PASSWORD: first(known.map(({ password }) => password)),
    SPARRING_CLIENT_ID: first(known.map(({ clientId }) => clientId)),
    SPARRING_CLIENT_SECRET: first(known.map(({ clientSecret }) => clientSecret)),
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function runCommand(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<SuiteVerdict> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what the command started ends with it.
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    let isLate = false;
    const keep = (chunk: Buffer) => {
      output = `${output}${chunk.toString('utf8')}`.slice(-mostOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => {
      isLate = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeout);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(
        new SparringError('usage', `The command "${program}" cannot be started: ${error.message}.`, {
          next: 'Give a command that this shell could run, behind --.',
        }),
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const last = output.trim().split('\n').at(-1) ?? '';
      const because = isLate ? `it did not end within ${timeout} ms` : `the command ended with ${code}`;
      resolve({ failed: code !== 0, because: code === 0 || last === '' ? because : `${because}: ${last}` });
    });
  });
}
