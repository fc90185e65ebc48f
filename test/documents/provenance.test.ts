import { describe, expect, it } from 'vitest';
import { type JsonObject, objectAt, operationsOf, sourceDocuments } from './documents.ts';

/** Sparring's own document speaks for itself; the others speak of somebody else's API, and say what that rests on. */
const others = sourceDocuments().filter(({ name }) => name !== 'sparring-admin');

function unmarked(nodes: readonly (readonly [unknown, JsonObject])[]): unknown[] {
  return nodes.filter(([, node]) => !(node['x-provenance'] && node['x-source'])).map(([name]) => name);
}

describe.for(others.map(({ name, root }) => [name, root] as const))(
  '%s says where it comes from',
  ([, root]) => {
    it('on every operation and webhook', () => {
      const operations = [...operationsOf(root), ...operationsOf(root, 'webhooks')];
      expect(operations).not.toEqual([]);
      expect(unmarked(operations.map(({ id, definition }) => [id, definition]))).toEqual([]);
    });

    it('on every schema', () => {
      const schemas = Object.entries(objectAt(root, 'components', 'schemas'));
      expect(schemas).not.toEqual([]);
      expect(unmarked(schemas.map(([name, schema]) => [name, objectAt(schema)]))).toEqual([]);
    });

    it('on every security scheme and shared response', () => {
      const parts = ['securitySchemes', 'responses'].flatMap((part) =>
        Object.entries(objectAt(root, 'components', part)),
      );
      expect(unmarked(parts.map(([name, node]) => [name, objectAt(node)]))).toEqual([]);
    });
  },
);
