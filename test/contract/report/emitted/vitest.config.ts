import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Runs tests that were emitted: against the server that they are of, and against one that is mended. */
const root = new URL('../../../../', import.meta.url);
const { EMITTED_TEST = '', BROKEN_URL = '', MENDED_URL = '' } = process.env;

const project = (name: string, url: string) => ({
  extends: true as const,
  test: { name, env: { SPARRING_URL: url } },
});

export default defineConfig({
  root: fileURLToPath(root),
  resolve: {
    alias: { 'sparring/vitest': fileURLToPath(new URL('src/vitest.ts', root)) },
  },
  test: {
    include: [EMITTED_TEST],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [project('broken', BROKEN_URL), project('mended', MENDED_URL)],
  },
});
