import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { runProgram } from './started-process.ts';

/** Debian asks this program whether a service may be started; 101 says that none may (invoke-rc.d(8)). */
const policy = '/usr/sbin/policy-rc.d';

/**
 * Installs those Debian packages that are missing, and starts none of their services.
 *
 * @throws with what apt-get said, when one cannot be had
 */
export async function installDebian(packages: readonly string[]): Promise<void> {
  const installed = await Promise.all(packages.map(isInstalled));
  const missing = packages.filter((_, index) => !installed[index]);
  if (missing.length === 0) return;
  const isOurs = !existsSync(policy);
  if (isOurs) await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await runProgram(['apt-get', 'update']);
    await runProgram([
      'apt-get',
      'install',
      '-y',
      '--no-install-recommends',
      '-o',
      'DPkg::Lock::Timeout=120',
      ...missing,
    ]);
  } finally {
    if (isOurs) await rm(policy);
  }
}

async function isInstalled(name: string): Promise<boolean> {
  try {
    const status = await runProgram(['dpkg-query', '-W', '-f', `\${Status}`, name]);
    return status === 'install ok installed';
  } catch {
    return false;
  }
}
