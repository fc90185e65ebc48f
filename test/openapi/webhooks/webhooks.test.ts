import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { callbacksOf, findEvent, webhooksOf } from '../../../src/openapi/webhooks/webhooks.ts';
import { documentFile, loadParts, must } from '../inline-document.ts';

const document = await loadDocument(documentFile('webhooks.yaml'));

describe('webhooks', () => {
  it('are read with all they say, JSON before other media types', () => {
    expect(findEvent(document, 'push')).toMatchObject({
      method: 'post',
      operationId: 'push/new',
      pointer: '#/webhooks/push/post',
      summary: 'Commits were pushed',
      description: 'Tells of commits.',
      schema: '#/webhooks/push/post/requestBody/content/application~1json/schema',
      extension: { delivery: { timeout: '7s', headers: { 'x-hook': 'one' } } },
    });
    const { examples, headers, mediaTypes } = findEvent(document, 'push');
    expect(mediaTypes.map(({ name }) => name)).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
    ]);
    expect(examples.map(({ name, summary }) => [name, summary])).toEqual([
      ['broken', undefined],
      ['first', undefined],
      ['second', 'The second'],
    ]);
    expect(examples[1]?.value).toMatchObject({ ref: 'refs/heads/main' });
    expect(headers.map(({ name, required, example }) => [name, required, example])).toEqual([
      ['X-Event', true, 'push'],
      ['X-Kind', false, 'organisation'],
    ]);
  });

  it('may be referred to, and have no example', () => {
    expect(findEvent(document, 'star')).toMatchObject({
      name: 'star',
      pointer: '#/components/pathItems/star/post',
      schema: '#/components/requestBodies/star/content/application~1json/schema',
      examples: [],
    });
  });

  it('may have several methods, of which the first is the default', () => {
    const methods = webhooksOf(document).flatMap(({ method, name }) => (name === 'both' ? [method] : []));
    expect(methods).toEqual(['put', 'post']);
    const { examples, method } = findEvent(document, 'both');
    expect(method).toBe('put');
    expect(examples.map(({ name, value }) => [name, value])).toEqual([
      ['example', { a: 2 }],
      ['schema', { a: 1 }],
    ]);
    expect(webhooksOf(document)).toBe(webhooksOf(document));
  });

  it('of older documents stand under x-webhooks', async () => {
    const item = {
      post: { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } },
    };
    for (const openapi of ['3.0.3', '3.1.0']) {
      const older = await loadParts({ openapi, 'x-webhooks': { opened: item } });
      expect(webhooksOf(older).map(({ method, name }) => [name, method])).toEqual([['opened', 'post']]);
    }
    const info = { title: 'Only told', version: '1' };
    const document = { openapi: '3.0.3', info, 'x-webhooks': { opened: item } };
    expect(webhooksOf(await loadDocument({ name: 'told', document }))).toHaveLength(1);
  });

  it('are told by the nearest name when there is none', () => {
    expect(() => findEvent(document, 'pusch')).toThrow(
      expect.objectContaining({ code: 'unknown-webhook', next: 'Did you mean push?' }),
    );
  });
});

describe('callbacks', () => {
  it('are read with their address, also where they are referred to', () => {
    const operation = must(document.operationsById.get('createPayment'));
    expect(callbacksOf(document, operation)).toMatchObject([
      {
        name: 'paid',
        event: 'createPayment/paid',
        url: '{$request.body#/callbackUrl}?payment={$response.body#/id}',
        method: 'post',
        summary: 'The payment is settled',
      },
      {
        name: 'closed',
        url: '$request.query.hook',
        schema: expect.stringContaining('#/components/callbacks/closed/'),
      },
    ]);
  });
});
