import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type JsonObject, objectAt, operationsOf, schemaCompiler, sourceDocuments } from './documents.ts';
import { examplesOf } from './examples.ts';

/** The examples that break their schema, each with the first reason. */
function brokenExamples(root: JsonObject): string[] {
  const compile = schemaCompiler(root);
  return examplesOf(root).flatMap(({ pointer, schema, value }) => {
    const validate = compile(schema);
    if (validate(value)) return [];
    const [error] = validate.errors ?? [];
    return [`${pointer}: ${error?.instancePath} ${error?.message}`];
  });
}

describe.for(sourceDocuments().map(({ name, root }) => [name, root] as const))(
  'the examples of %s',
  ([, root]) => {
    it('satisfy their schemas, formats included', () => {
      expect(brokenExamples(root)).toEqual([]);
    });

    it('are there: one for each operation and webhook at least', () => {
      const count = operationsOf(root).length + operationsOf(root, 'webhooks').length;
      expect(count).toBeGreaterThan(0);
      expect(examplesOf(root).length).toBeGreaterThanOrEqual(count);
    });

    it('show every JSON body, of requests, answers and webhooks', () => {
      const without = [...operationsOf(root), ...operationsOf(root, 'webhooks')].flatMap(
        ({ id, definition }) => {
          const bodies = [
            ['request', objectAt(definition, 'requestBody')] as const,
            ...Object.entries(objectAt(definition, 'responses')).map(
              ([status, response]) => [status, objectAt(response)] as const,
            ),
          ];
          return bodies
            .filter(([, body]) => 'application/json' in objectAt(body, 'content'))
            .filter(
              ([, body]) =>
                Object.keys(objectAt(body, 'content', 'application/json', 'examples')).length === 0,
            )
            .map(([where]) => `${id} ${where}`);
        },
      );
      expect(without).toEqual([]);
    });
  },
);

describe('the check of examples', () => {
  it('finds examples by reference, in line, in schemas and as defaults, and what is wrong with them', () => {
    const root = objectAt(load(readFileSync(join(import.meta.dirname, 'broken.yaml'), 'utf8')));
    const content = '#/paths/~1things/get/responses/200/content/application~1json';
    expect(brokenExamples(root)).toEqual([
      `${content}/examples/bad-format: /id must match format "uuid"`,
      `${content}/examples/missing:  must have required property 'id'`,
      '#/components/schemas/Unused/default:  must be integer',
      '#/components/schemas/Unused/examples/1:  must be integer',
    ]);
    expect(examplesOf(root)).toHaveLength(5);
  });

  it('covers all of Hive', () => {
    const hive = sourceDocuments().find(({ name }) => name === 'hive');
    expect(examplesOf(objectAt(hive?.root)).length).toBeGreaterThanOrEqual(45);
  });
});
