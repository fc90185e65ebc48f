import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it.each(['example', 'contract'])('shows the test %s as it is run here', async (name) => {
  const [readme, example] = await Promise.all([
    readFile(new URL('../../README.md', import.meta.url), 'utf8'),
    readFile(new URL(`${name}.test.ts`, import.meta.url), 'utf8'),
  ]);
  const blocks = Array.from(readme.matchAll(/```ts\n([\s\S]*?)```/g), ([, code]) => code);
  expect(blocks).toContain(example);
});
