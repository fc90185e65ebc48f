import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { generateTypes } from '../../src/openapi/load/generate-types.ts';
import { projectRoot, sourceDocuments } from './documents.ts';

it('the generated types are those of the documents (`npm run types` makes them so)', async () => {
  const files = await generateTypes(projectRoot);
  const providers = sourceDocuments().filter(({ name }) => name !== 'sparring-admin');
  expect(files.map(({ path }) => basename(path, '.ts'))).toEqual(providers.map(({ name }) => name));
  expect(files.filter(({ fresh }) => !fresh).map(({ path }) => path)).toEqual([]);
});

it('a document without its generated file counts as stale', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sparring-types-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await cp(join(import.meta.dirname, 'broken.yaml'), join(root, 'openapi/broken.yaml'));
  expect(await generateTypes(root)).toEqual([
    {
      path: join(root, 'src/providers/generated/broken.ts'),
      text: expect.stringContaining('listThings'),
      fresh: false,
    },
  ]);
});
