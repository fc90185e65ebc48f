import { existsSync } from 'node:fs';
import { SparringError } from '../../errors.ts';

/** The path of a stopped server's data. Throws `usage` where there is none, since opening it would make it. */
export function existingData(path: string): string {
  if (existsSync(path)) return path;
  throw new SparringError('usage', `There is no data at ${path}.`, {
    next: 'Give --data what the server was started with.',
  });
}
