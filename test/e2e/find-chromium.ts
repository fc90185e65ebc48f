import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Chromium is installed; undefined where it is not. */
export function findChromium(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find(existsSync);
}
