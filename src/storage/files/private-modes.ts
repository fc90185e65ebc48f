import { closeSync, mkdirSync, openSync } from 'node:fs';

/** What holds data, secrets among it, is for its owner alone. A file that was there before keeps the mode it has. */
export const privateFile = 0o600;
const privateFolder = 0o700;

/** Makes a folder and those above it where they are missing. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: privateFolder });
}

/** Makes an empty file where nothing is: also no link, which would be followed to what it points to. */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', privateFile));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
