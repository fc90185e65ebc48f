import { describe, expect, it } from 'vitest';
import {
  keysOfLocation,
  provenanceOf,
  schemaChain,
  weakestOf,
} from '../../../../src/contract/checks/judging/provenance-of.ts';
import { loadDocument } from '../../../../src/openapi/load/load-document.ts';

const document = await loadDocument({
  name: 'marks',
  document: {
    openapi: '3.1.0',
    info: { title: 'Marks', version: '1' },
    paths: {
      '/things': {
        get: {
          'x-provenance': 'public',
          responses: {
            '200': {
              description: 'Things.',
              'x-provenance': 'default',
              content: {
                'application/json': {
                  'x-provenance': 'document',
                  schema: { $ref: '#/components/schemas/Thing' },
                },
              },
            },
            '404': { $ref: '#/components/responses/NotFound' },
          },
        },
      },
    },
    components: {
      responses: { NotFound: { description: 'None.' } },
      schemas: {
        Thing: {
          type: 'object',
          properties: {
            size: { type: 'integer', 'x-provenance': 'inferred' },
            parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          },
        },
      },
    },
  },
});
const get = '#/paths/~1things/get';
const json = `${get}/responses/200/content/application~1json`;
const chainTo = (location: string) => [
  json,
  ...schemaChain(document, `${json}/schema`, keysOfLocation(location)),
];

describe('how sure a document is of a fact', () => {
  it('is what the nearest mark above it says', () => {
    expect(provenanceOf(document, [`${get}/responses/200`])).toBe('default');
    expect(provenanceOf(document, [json])).toBe('document');
    expect(provenanceOf(document, [`${get}/security`])).toBe('public');
  });

  it('is inherited through references', () => {
    expect(provenanceOf(document, [`${get}/responses/404`, '#/components/responses/NotFound'])).toBe(
      'public',
    );
    expect(provenanceOf(document, chainTo('body'))).toBe('document');
    expect(provenanceOf(document, chainTo('body/size'))).toBe('inferred');
    expect(provenanceOf(document, chainTo('body/parts/3/parts/0/size'))).toBe('inferred');
    expect(provenanceOf(document, chainTo('body/parts/3'))).toBe('document');
  });

  it('is that of the document where there is no mark, and that of the weakest of several', () => {
    expect(provenanceOf(document, ['#/components/schemas/Thing'])).toBe('document');
    expect(weakestOf(['document', 'inferred', 'public'])).toBe('inferred');
    expect(weakestOf([])).toBe('document');
  });
});
