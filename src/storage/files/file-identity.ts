import { type BigIntStats, lstatSync } from 'node:fs';

/** Which file stands at `path`, whatever it holds; undefined where there is none. A symbolic link is not followed. */
export function fileIdentity(path: string): string | undefined {
  const stat: BigIntStats | undefined = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev}/${stat.ino}`;
}
