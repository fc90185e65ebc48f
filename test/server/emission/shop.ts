/** A provider that is one document and nothing else: orders that fire, hooks that subscribe, and a callback. */
export const shop = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  'x-sparring': {
    settings: { company: { description: 'Who sells.', default: 'acme', type: 'string' } },
    delivery: { success: ['2xx'], timeout: '2s', schedule: ['10s', '1m'], signature: { scheme: 'github' } },
    resources: {
      orders: {
        schema: '#/components/schemas/Order',
        emits: [
          {
            event: 'order.created',
            when: { properties: { before: { type: 'null' } } },
            payload: {
              id: '$delivery.number',
              event: '$event.name',
              company: '$setting.company',
              hook: '$subscription#/id',
              data: '$after',
            },
          },
          {
            event: 'order.changed',
            when: { properties: { before: { type: 'object' }, after: { type: 'object' } } },
            payload: {
              id: '$delivery.number',
              event: '$event.name',
              company: '$setting.company',
              hook: '$subscription#/id',
              data: { $merge: ['$after', { original: '$before' }] },
            },
          },
        ],
      },
      hooks: {
        schema: '#/components/schemas/Hook',
        emits: [
          {
            event: 'hook.verify',
            when: { properties: { before: { type: 'null' } } },
            payload: { code: '$after#/secret' },
            to: 'self',
          },
        ],
      },
      tasks: { schema: '#/components/schemas/Task' },
    },
    subscriptions: [
      {
        collection: 'hooks',
        url: '$subscription#/url',
        events: '$subscription#/events',
        any: '*',
        secret: '$subscription#/secret',
        when: { properties: { subscription: { properties: { active: { const: true } } } } },
        onDelivery: [
          { collection: 'tasks', set: { id: '$delivery.number', hook: '$subscription#/id', tries: 0 } },
        ],
        onAttempt: [
          { collection: 'tasks', id: '$delivery.number', set: { tries: '$attempt.number' } },
          {
            when: { properties: { attempt: { properties: { succeeded: { const: true } } } } },
            set: { delivered: { $add: ['$subscription#/delivered', 1] }, lastStatus: '$attempt.statusCode' },
          },
          {
            when: { properties: { attempt: { properties: { succeeded: { const: false } } } } },
            set: { lastError: '$attempt.error', lastStatus: '$attempt.statusCode' },
          },
        ],
        onDisable: [{ set: { active: false } }],
      },
    ],
  },
  paths: {
    '/orders': {
      post: {
        operationId: 'createOrder',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
        responses: {
          201: {
            description: 'Made.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
        callbacks: {
          made: {
            '{$request.query.notify}/made?id={$response.body#/id}': {
              post: {
                requestBody: {
                  content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
                },
                responses: { 200: { description: 'Thanks.' } },
              },
            },
          },
        },
        parameters: [{ name: 'notify', in: 'query', schema: { type: 'string' } }],
      },
    },
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'getOrder',
        responses: {
          200: {
            description: 'It.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
      patch: {
        operationId: 'updateOrder',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
        responses: {
          200: {
            description: 'It.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
    },
    '/hooks': {
      post: {
        operationId: 'createHook',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Hook' } } } },
        responses: {
          201: {
            description: 'Made.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Hook' } } },
          },
        },
      },
    },
    '/hooks/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      delete: { operationId: 'deleteHook', responses: { 204: { description: 'Gone.' } } },
      get: {
        operationId: 'getHook',
        responses: {
          200: {
            description: 'It.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Hook' } } },
          },
        },
      },
    },
  },
  webhooks: {
    'order.created': { $ref: '#/components/pathItems/orderEvent' },
    'order.changed': { $ref: '#/components/pathItems/orderEvent' },
    'hook.verify': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
            },
          },
        },
        responses: { 200: { description: 'Thanks.' } },
      },
    },
  },
  components: {
    pathItems: {
      orderEvent: {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/OrderEvent' } } },
          },
          responses: { 200: { description: 'Thanks.' } },
        },
      },
    },
    schemas: {
      Order: {
        type: 'object',
        required: ['id', 'item'],
        properties: {
          id: { type: 'string', readOnly: true },
          item: { type: 'string', minLength: 1 },
          amount: { type: 'integer', default: 1 },
        },
      },
      Hook: {
        type: 'object',
        required: ['id', 'url'],
        properties: {
          id: { type: 'string', readOnly: true },
          url: { type: 'string' },
          events: { type: 'array', items: { type: 'string' }, default: ['*'] },
          secret: { type: 'string', default: 'quite secret' },
          active: { type: 'boolean', default: true },
          delivered: { type: 'integer', readOnly: true, default: 0 },
          lastStatus: { type: ['integer', 'null'], readOnly: true, default: null },
          lastError: { type: ['string', 'null'], readOnly: true, default: null },
        },
      },
      Task: {
        type: 'object',
        required: ['id', 'hook', 'tries'],
        properties: { id: { type: 'integer' }, hook: { type: 'string' }, tries: { type: 'integer' } },
      },
      OrderEvent: {
        type: 'object',
        required: ['id', 'event', 'company', 'hook', 'data'],
        properties: {
          id: { type: 'integer' },
          event: { type: 'string' },
          company: { type: 'string' },
          hook: { type: 'string' },
          data: { $ref: '#/components/schemas/Order' },
        },
      },
    },
  },
} as const;
