import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Libraries that were installed for a proof: `load` requires one by name, `remove` takes them all away. */
export interface LargeSdks {
  readonly load: NodeJS.Require;
  remove(): Promise<void>;
}

/** Installs what this folder's `package.json` names into a temporary folder, by its lock file and without scripts. */
export async function installLargeSdks(): Promise<LargeSdks> {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-sdks-'));
  for (const name of ['package.json', 'package-lock.json'])
    await copyFile(join(import.meta.dirname, name), join(folder, name));
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm ci ended with ${code} in ${folder}.`);
  return {
    load: createRequire(join(folder, 'package.json')),
    remove: () => rm(folder, { recursive: true }),
  };
}
