import { defineConfig } from 'vitest/config';

/** Long proofs, run by `npm run prove`: the same rules as the suite's, over many more turns. */
export default defineConfig({
  test: {
    include: ['test/prove/**/*.prove.ts'],
    testTimeout: 120_000,
    // One after the other: what is measured must not be measured beside something else.
    fileParallelism: false,
    // What runs beside another within a file is no measurement of time; the machine has little to share.
    maxConcurrency: 2,
  },
});
