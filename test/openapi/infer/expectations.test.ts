import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { inferResources } from '../../../src/openapi/infer/infer-resources.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';

/** Documents that stand beside what a person expects each of their operations to do. */
const corpus = join(import.meta.dirname, '../../prove/documents/corpus');
/** Of all operations, how many must be taken for what a person would call them. */
const mustBeRight = 0.92;

interface Expected {
  readonly action: string;
  readonly collection?: string;
}

/** What an operation is taken for is told from what a person expects only by these; a PUT may be called either. */
function asTold(action: string): string {
  return action === 'replace' ? 'update' : action;
}

/** A collection is one whether its name is in the singular or the plural, and whatever stands before it. */
function plain(collection: string): string {
  return collection.replace(/^.*\//, '').toLowerCase().replace(/s$/, '');
}

async function compare(name: string): Promise<{ readonly all: number; readonly wrong: readonly string[] }> {
  const expected = load(readFileSync(join(corpus, `${name}.expected.yaml`), 'utf8')) as Record<
    string,
    Expected
  >;
  const document = await loadDocument(join(corpus, `${name}.yaml`));
  const model = inferResources(document);
  const wrong = Object.entries(expected).flatMap(([id, { action, collection }]) => {
    const operation = document.operationsById.get(id);
    const found = operation && model.actionOf(operation);
    const told = found ? `${asTold(found.action)} ${plain(found.resource.collection)}` : 'none';
    const wanted = action === 'none' ? 'none' : `${asTold(action)} ${plain(collection ?? '')}`;
    return told === wanted ? [] : [`${name} ${id}: ${told}, not ${wanted}`];
  });
  return { all: Object.keys(expected).length, wrong };
}

describe('operations of documents in many styles', () => {
  it('are taken for what a person would call them', { timeout: 60_000 }, async () => {
    const names = readdirSync(corpus)
      .filter((file) => file.endsWith('.expected.yaml'))
      .map((file) => file.replace(/\.expected\.yaml$/, ''));
    expect(names.length).toBeGreaterThan(10);
    const compared = await Promise.all(names.map(compare));
    const all = compared.reduce((sum, { all: each }) => sum + each, 0);
    const wrong = compared.flatMap((each) => each.wrong);
    expect((all - wrong.length) / all, wrong.join('\n')).toBeGreaterThanOrEqual(mustBeRight);
  });
});
