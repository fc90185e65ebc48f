const told = {
  requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Told' } } } },
  responses: { '200': { description: 'Thanks.' } },
};

/** A document with something of everything that a server can get wrong. */
export const arena = {
  openapi: '3.1.0',
  info: { title: 'Arena', version: '1' },
  'x-sparring': {
    credentials: {
      oauth: { username: 'ann', password: 'arena-password', issuedBy: 'createToken', expiresIn: 600 },
    },
    delivery: {
      success: ['2xx'],
      schedule: ['10s', '1m'],
      headers: { 'X-Arena': 'yes' },
      signature: { scheme: 'standard-webhooks' },
    },
    resources: {
      parts: {
        schema: '#/components/schemas/Part',
        emits: [
          {
            event: 'part.changed',
            when: { properties: { before: { type: 'object' }, after: { type: 'object' } } },
            payload: { type: '$event.name', data: '$after' },
          },
          {
            event: 'part.created',
            when: { properties: { before: { type: 'null' } } },
            payload: { type: '$event.name', data: '$after' },
          },
        ],
      },
      hooks: { schema: '#/components/schemas/Hook' },
    },
    subscriptions: [
      {
        collection: 'hooks',
        url: '$subscription#/url',
        events: '$subscription#/events',
        secret: '$subscription#/secret',
        when: { properties: { subscription: { properties: { active: { const: true } } } } },
      },
    ],
  },
  security: [{ oauth: ['parts:write'] }],
  paths: {
    '/token': {
      post: {
        operationId: 'createToken',
        security: [],
        'x-sparring': { action: 'token' },
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['grant_type'],
                properties: {
                  grant_type: { type: 'string' },
                  username: { type: 'string' },
                  password: { type: 'string' },
                },
              },
              example: { grant_type: 'password', username: 'ann', password: 'arena-password' },
            },
          },
        },
        responses: {
          '200': { description: 'A token.', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
    '/parts': {
      get: {
        operationId: 'listParts',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
          { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0 } },
          { name: 'status', in: 'query', schema: { enum: ['new', 'worn'] } },
          { name: 'shop', in: 'query', required: true, schema: { type: 'string' }, example: 'north' },
          { name: 'x-trace', in: 'header', schema: { type: 'integer' } },
        ],
        responses: { '200': { $ref: '#/components/responses/Parts' } },
      },
      post: {
        operationId: 'createPart',
        requestBody: { $ref: '#/components/requestBodies/Part' },
        responses: {
          '201': { $ref: '#/components/responses/Part' },
          '422': { $ref: '#/components/responses/Wrong' },
        },
      },
    },
    '/parts/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      get: {
        operationId: 'readPart',
        responses: {
          '200': { $ref: '#/components/responses/Part' },
          '404': { $ref: '#/components/responses/Wrong' },
        },
      },
      put: {
        operationId: 'replacePart',
        requestBody: { $ref: '#/components/requestBodies/Part' },
        responses: {
          '200': { $ref: '#/components/responses/Part' },
          '422': { $ref: '#/components/responses/Wrong' },
        },
      },
      patch: {
        operationId: 'updatePart',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  name: { type: 'string', minLength: 2 },
                  created_at: { type: 'string', format: 'date-time', readOnly: true },
                  size: { type: 'integer', minimum: 1 },
                },
              },
              example: { name: 'bolt', size: 3 },
            },
          },
        },
        responses: {
          '200': { $ref: '#/components/responses/Part' },
          '422': { $ref: '#/components/responses/Wrong' },
        },
      },
      delete: { operationId: 'deletePart', responses: { '204': { description: 'Gone.' } } },
    },
    '/admin': {
      get: {
        operationId: 'readAdmin',
        security: [{ basic: [] }],
        responses: {
          '200': {
            description: 'For few.',
            content: { 'application/json': { example: { secret: true } } },
          },
        },
      },
    },
    '/labels/{number}': {
      get: {
        operationId: 'readLabel',
        parameters: [
          { name: 'number', in: 'path', required: true, schema: { type: 'integer', maximum: 9 }, example: 4 },
        ],
        responses: {
          '200': { description: 'A label.', content: { 'application/json': { example: { text: 'up' } } } },
        },
      },
    },
    '/status': {
      get: {
        operationId: 'readStatus',
        security: [],
        responses: {
          '200': {
            description: 'How it is.',
            headers: {
              'X-Load': { required: true, schema: { type: 'integer' }, example: 3 },
            },
            content: { 'application/json': { example: { ok: true } } },
          },
        },
      },
    },
  },
  webhooks: {
    'part.changed': { post: told },
    'part.created': { post: told },
  },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      oauth: {
        type: 'oauth2',
        flows: { password: { tokenUrl: '/token', scopes: { 'parts:write': 'change parts' } } },
      },
    },
    schemas: {
      Part: {
        type: 'object',
        required: ['id', 'name', 'status', 'created_at', 'size'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid', readOnly: true },
          name: { type: 'string', minLength: 2, maxLength: 20, pattern: '^[a-z .]+$' },
          note: { type: 'string' },
          contact: { type: 'string', format: 'email' },
          status: { type: 'string', enum: ['new', 'worn'] },
          size: { type: 'integer', minimum: 1, maximum: 50 },
          fragile: { type: 'boolean' },
          tags: { type: 'array', maxItems: 3, items: { type: 'string' } },
          owner: { oneOf: [{ type: 'integer' }, { type: 'string', format: 'email' }] },
          created_at: { type: 'string', format: 'date-time', readOnly: true },
        },
      },
      Hook: {
        type: 'object',
        required: ['id', 'url', 'events', 'secret', 'active'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          url: { type: 'string', format: 'uri' },
          events: { type: 'array', items: { type: 'string' } },
          secret: { type: 'string', examples: ['whsec_YXJlbmEtc2VjcmV0LW9mLTI0LWJ5dGVz'] },
          active: { type: 'boolean', examples: [true] },
        },
      },
      Told: {
        type: 'object',
        required: ['type', 'data'],
        additionalProperties: false,
        properties: {
          type: { type: 'string', enum: ['part.changed', 'part.created'] },
          data: { $ref: '#/components/schemas/Part' },
        },
      },
    },
    requestBodies: {
      Part: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Part' },
            example: {
              name: 'spring',
              note: 'a long one',
              contact: 'bo@example.com',
              status: 'new',
              size: 7,
              fragile: false,
              tags: ['steel'],
              owner: 'ann@example.com',
            },
          },
        },
      },
    },
    responses: {
      Part: {
        description: 'A part.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Part' } } },
      },
      Parts: {
        description: 'Parts.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['total', 'items'],
              properties: {
                total: { type: 'integer' },
                items: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
              },
            },
          },
        },
      },
      Wrong: {
        description: 'Wrong.',
        content: {
          'application/json': {
            schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
          },
        },
      },
    },
  },
};
