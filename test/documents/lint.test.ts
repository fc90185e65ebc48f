import { join } from 'node:path';
import { lint, loadConfig } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { projectRoot, sourceDocuments } from './documents.ts';

const config = await loadConfig({ configPath: join(projectRoot, 'redocly.yaml') });

async function problemsIn(file: string): Promise<string[]> {
  const problems = await lint({ ref: file, config });
  return problems.map(({ ruleId, message, location }) => {
    return `${ruleId}: ${message} (${location[0]?.pointer})`;
  });
}

describe('Redocly', () => {
  it.for(sourceDocuments().map(({ name, file }) => [name, file] as const))(
    'has nothing to say about %s',
    async ([, file]) => {
      expect(await problemsIn(file)).toEqual([]);
    },
  );

  it('would speak up: its recommended rules are on', async () => {
    const problems = await problemsIn(join(import.meta.dirname, 'broken.yaml'));
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(
      expect.arrayContaining([
        'operation-summary',
        'no-invalid-schema-examples',
        'no-invalid-media-type-examples',
      ]),
    );
  });
});
