import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
);
/** What a user's machine gets beside the package itself. */
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);

it('no package that a user gets runs a script when it is installed', () => {
  expect(installed.length).toBeGreaterThan(50);
  expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
});

it('no user gets the package that counts installations, or what brings it', () => {
  expect(installed.map(([path]) => path).filter((path) => /@scarf|@stoplight/.test(path))).toEqual([]);
});
