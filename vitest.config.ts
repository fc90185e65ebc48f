import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: process.env.CI ? ['default', 'junit', 'json'] : ['default'],
    outputFile: { junit: '.vitest/junit.xml', json: '.vitest/report.json' },
    testTimeout: 20_000,
  },
});
