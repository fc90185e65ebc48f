import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // What users import, from source.
    alias: {
      'sparring/vitest': fileURLToPath(new URL('src/vitest.ts', import.meta.url)),
      sparring: fileURLToPath(new URL('src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: process.env.CI ? ['default', 'junit', 'json'] : ['default'],
    outputFile: { junit: '.vitest/junit.xml', json: '.vitest/report.json' },
    // Vitest leaves one core to itself, which on two makes one worker; much of what tests do is to wait for other processes.
    maxWorkers: 2,
    // What ends a test that hangs, and no measure of speed: a newcomer's laptop may be busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
