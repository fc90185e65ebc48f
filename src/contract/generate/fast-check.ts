import { createRequire } from 'node:module';

export type FastCheck = typeof import('fast-check');

let loaded: FastCheck | undefined;

/** fast-check, loaded with the first value that is generated: most of what imports the plan never generates one. */
export function fastCheck(): FastCheck {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const fresh: FastCheck = require('fast-check');
  loaded = fresh;
  return fresh;
}
