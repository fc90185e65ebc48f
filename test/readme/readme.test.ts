import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('shows the example test as it is run here', async () => {
  const [readme, example] = await Promise.all([
    readFile(new URL('../../README.md', import.meta.url), 'utf8'),
    readFile(new URL('example.test.ts', import.meta.url), 'utf8'),
  ]);
  const blocks = Array.from(readme.matchAll(/```ts\n([\s\S]*?)```/g), ([, code]) => code);
  expect(blocks).toContain(example);
});
