/** A provider in one document: orders that are made, changed and deleted, each told under a signature scheme of the field. */

const order = {
  type: 'object',
  required: ['id', 'status', 'total', 'updated_at'],
  properties: {
    id: { type: 'string', description: 'The order.' },
    status: { type: 'string', enum: ['open', 'paid', 'sent'] },
    total: { type: 'integer', format: 'int64', description: 'In cents.' },
    updated_at: { type: 'string', format: 'date-time', description: 'The newer one is the later change.' },
    note: { type: ['string', 'null'], description: 'What the buyer wrote.' },
    email: { type: 'string', format: 'email' },
  },
};

function webhook(type: string, summary: string, data: Readonly<Record<string, unknown>>): object {
  return {
    post: {
      summary,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['id', 'type', 'data'],
              properties: {
                id: { type: 'string', description: 'The event; the same in each attempt.' },
                type: { type: 'string', const: type },
                data: { $ref: '#/components/schemas/Order' },
              },
            },
            examples: { example: { value: { id: `evt_${type}`, type, data } } },
          },
        },
      },
      responses: { '2XX': { description: 'Taken.' } },
    },
  };
}

const delivery = {
  'standard-webhooks': { signature: { scheme: 'standard-webhooks' } },
  stripe: { signature: { scheme: 'stripe' } },
  github: {
    signature: { scheme: 'github' },
    headers: { 'X-GitHub-Event': '{event}', 'X-GitHub-Delivery': '{id}' },
  },
} as const;

/** The shop's document under one scheme. A second is the time limit, so that a slow receiver is found soon. */
export function shopDocument(scheme: keyof typeof delivery): object {
  const data = {
    id: 'order_1',
    status: 'open',
    total: 1200,
    note: 'By noon, please',
    email: 'ann@example.com',
  };
  return {
    openapi: '3.1.0',
    info: { title: `Shop (${scheme})`, version: '1' },
    'x-sparring': {
      delivery: { success: ['2xx'], timeout: '1s', schedule: ['10s', '1m'], ...delivery[scheme] },
    },
    paths: {},
    webhooks: {
      'order.created': webhook('order.created', 'An order was made', {
        ...data,
        updated_at: '2026-01-01T10:00:00Z',
      }),
      'order.updated': webhook('order.updated', 'An order was changed', {
        ...data,
        status: 'paid',
        updated_at: '2026-01-01T11:00:00Z',
      }),
      'order.deleted': webhook('order.deleted', 'An order was deleted', {
        ...data,
        updated_at: '2026-01-01T12:00:00Z',
      }),
    },
    components: { schemas: { Order: order } },
  };
}
