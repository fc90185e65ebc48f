/** An API whose things fire a webhook of about 1 KB each, signed as Standard Webhooks are. */
export const hooksDocument = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  'x-sparring': {
    delivery: { timeout: '5s', concurrency: 50, signature: { scheme: 'standard-webhooks' } },
    resources: {
      things: {
        schema: '#/components/schemas/Thing',
        emits: [{ event: 'thing.created', payload: { id: '$event.id', data: '$after' } }],
      },
      hooks: { schema: '#/components/schemas/Hook' },
    },
    subscriptions: [{ collection: 'hooks', url: '$subscription#/url', secret: '$subscription#/secret' }],
  },
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
        responses: {
          201: {
            description: 'Made.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
      },
    },
  },
  webhooks: {
    'thing.created': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['id', 'data'],
                properties: { id: { type: 'string' }, data: { $ref: '#/components/schemas/Thing' } },
              },
            },
          },
        },
        responses: { 200: { description: 'Thanks.' } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', readOnly: true }, text: { type: 'string' } },
      },
      Hook: {
        type: 'object',
        required: ['id', 'url'],
        properties: { id: { type: 'string' }, url: { type: 'string' }, secret: { type: 'string' } },
      },
    },
  },
} as const;

export const secret = 'whsec_c3BhcnJpbmctYmVuY2gtc2VjcmV0LTEyMzQ1Njc4';
export const text = 'x'.repeat(900);
