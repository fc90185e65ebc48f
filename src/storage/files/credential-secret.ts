import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SparringError } from '../../errors.ts';
import { errorReason } from './error-reason.ts';
import { isDataFolder } from './is-data-folder.ts';

/**
 * What credentials are made from: 64 hexadecimal digits, fresh for each start in memory, and kept in a file of its own beside the
 * data (`state.json.credentials`, `data/credentials`) where there is any, which only its owner may read.
 *
 * @throws SparringError `data-unwritable`, or `data-broken` for a file that holds something else
 */
export async function credentialSecret(data: string | undefined): Promise<string> {
  // A name that no data can have is refused when the data is opened.
  if (data === undefined || !(isDataFolder(data) || /\.json$/i.test(data))) return newSecret();
  const file = isDataFolder(data) ? join(data, 'credentials') : `${data}.credentials`;
  try {
    return readSecret(file) ?? (await keepSecret(file, isDataFolder(data) ? data : undefined));
  } catch (error) {
    if (error instanceof SparringError) throw error;
    throw new SparringError(
      'data-unwritable',
      `The credentials cannot be kept in ${file}: ${errorReason(error)}.`,
      { cause: error },
    );
  }
}

function newSecret(): string {
  return randomBytes(32).toString('hex');
}

function readSecret(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new SparringError('data-broken', `The file ${file} does not hold what credentials are made from.`, {
    next: `Move ${basename(file)} away, and new credentials are made; or name them with --credential.`,
  });
}

/** Written whole or not at all, under a name that nobody can foresee until it is complete. */
async function keepSecret(file: string, folder: string | undefined): Promise<string> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = newSecret();
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
    await handle.close();
    renameSync(draft, file);
  } catch (error) {
    await handle.close();
    rmSync(draft, { force: true });
    throw error;
  }
  return secret;
}
