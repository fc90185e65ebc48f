import { statSync } from 'node:fs';
import { extname } from 'node:path';

/** Whether `--data` names a folder: it ends in `/`, is one, or has no extension. */
export function isDataFolder(data: string): boolean {
  if (/[/\\]$/.test(data) || isExistingFolder(data)) return true;
  return data !== '' && extname(data) === '' && !/\.json$/i.test(data);
}

/** False also where nothing can be told; opening it says why. */
function isExistingFolder(data: string): boolean {
  try {
    return statSync(data).isDirectory();
  } catch {
    return false;
  }
}
