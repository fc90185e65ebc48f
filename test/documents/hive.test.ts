import { describe, expect, it } from 'vitest';
import {
  isObject,
  type JsonObject,
  nodeAt,
  objectAt,
  operationsOf,
  schemaCompiler,
  sourceDocument,
} from './documents.ts';

const { root } = sourceDocument('hive');
const schemas = objectAt(root, 'components', 'schemas');
const sample = (name: string): JsonObject => objectAt(root, 'components', 'examples', name, 'value');
const compile = schemaCompiler(root);
const accepts = (schema: string, value: unknown): boolean =>
  compile(`#/components/schemas/${schema}`)(value) === true;

describe('the operations of Hive', () => {
  const operations = operationsOf(root);

  it('are the 22 of its reference', () => {
    const table = operations.map(({ id, method, path }) => `${id} ${method.toUpperCase()} ${path}`);
    expect(table.sort()).toEqual(
      [
        'createToken GET /token',
        'createCustomer POST /customers',
        'listCustomers GET /customers',
        'getCustomer GET /customers/{id}',
        'updateCustomer PATCH /customers/{id}',
        'deleteCustomer DELETE /customers/{id}',
        'createSession POST /sessions',
        'listSessions GET /sessions',
        'getSession GET /sessions/{id}',
        'deleteSession DELETE /sessions/{id}',
        'createCheck POST /checks',
        'listChecks GET /checks',
        'getCheck GET /checks/{id}',
        'deleteCheck DELETE /checks/{id}',
        'getReport GET /checks/{id}/report',
        'listFiles GET /files',
        'getFile GET /files/{id}',
        'downloadFile GET /downloads/{id}',
        'createWebhook POST /webhooks',
        'listWebhooks GET /webhooks',
        'updateWebhook PATCH /webhooks/{id}',
        'deleteWebhook DELETE /webhooks/{id}',
      ].sort(),
    );
  });

  it('take a bearer token, all but the one that issues it', () => {
    expect(root.security).toEqual([{ bearer: [] }]);
    const own = operations.filter(({ definition }) => definition.security !== undefined);
    expect(own.map(({ id, definition }) => [id, definition.security])).toEqual([
      ['createToken', [{ basic: [] }]],
    ]);
  });

  it('are on one host, downloads on another', () => {
    const own = operations.filter(({ definition }) => definition.servers !== undefined);
    expect(own.map(({ id }) => id)).toEqual(['downloadFile']);
    expect(nodeAt(root, '#/servers/0/url')).toBe('https://api.hive.id');
    expect(nodeAt(root, '#/paths/~1downloads~1{id}/get/servers/0/url')).toBe('https://files.hive.id');
  });

  it('take every body as a form and as JSON, by the same schema', () => {
    const withBody = operations.filter(({ definition }) => isObject(definition.requestBody));
    expect(withBody).toHaveLength(6);
    for (const { definition } of withBody) {
      const content = objectAt(definition, 'requestBody', 'content');
      expect(Object.keys(content)).toEqual(['application/x-www-form-urlencoded', 'application/json']);
      const [form, json] = Object.values(content).map((mediaType) => objectAt(mediaType).schema);
      expect(form).toEqual(json);
    }
  });

  it('answer 201 to creations and 200 to all else, which nothing documented confirms', () => {
    for (const { id, method, definition } of operations) {
      const responses = Object.entries(objectAt(definition, 'responses')).filter(([status]) =>
        status.startsWith('2'),
      );
      expect([id, responses.map(([status]) => status)]).toEqual([id, [method === 'post' ? '201' : '200']]);
      const [, response] = responses[0] ?? [];
      const provenance = objectAt(response)['x-provenance'] ?? definition['x-provenance'];
      expect([id, provenance]).toEqual([id, id === 'deleteCheck' ? 'inferred' : 'default']);
    }
  });

  it('answer 401 everywhere, 400 to input and 404 to ids', () => {
    for (const { id, path, definition } of operations) {
      const statuses = Object.keys(objectAt(definition, 'responses'));
      expect([id, statuses]).toEqual([id, expect.arrayContaining(['401'])]);
      if (isObject(definition.requestBody))
        expect([id, statuses]).toEqual([id, expect.arrayContaining(['400'])]);
      if (path.includes('{id}')) expect([id, statuses]).toEqual([id, expect.arrayContaining(['400', '404'])]);
    }
  });
});

describe('the schemas of Hive', () => {
  it('refuse empty required texts and broken addresses, dates and genders', () => {
    const session = sample('session-create');
    expect(accepts('SessionCreate', session)).toBe(true);
    expect(accepts('SessionCreate', { ...session, application_key: '' })).toBe(false);
    expect(accepts('CustomerCreate', { email: '' })).toBe(false);
    expect(accepts('CustomerCreate', { email: 'john' })).toBe(false);
    expect(accepts('CustomerCreate', { email: 'john@hive.id', gender: 'M' })).toBe(false);
    expect(accepts('CustomerCreate', { email: 'john@hive.id', dob: '08.01.1980' })).toBe(false);
    expect(accepts('WebhookCreate', { ...sample('webhook-create'), type: '' })).toBe(false);
    expect(accepts('WebhookCreate', { ...sample('webhook-create'), is_sandbox: 'maybe' })).toBe(false);
  });

  it('let an update send any field alone, and a creation send fields that are not documented', () => {
    expect(accepts('CustomerUpdate', {})).toBe(true);
    expect(accepts('CustomerUpdate', { middle_name: 'Farrell' })).toBe(true);
    expect(accepts('WebhookUpdate', { is_active: false })).toBe(true);
    expect(accepts('CustomerCreate', { email: 'john@hive.id', nickname: 'Johnny' })).toBe(true);
  });

  it('leave the vocabularies open that the reference leaves open', () => {
    expect(accepts('Session', { ...sample('session'), status: 'paused' })).toBe(true);
    expect(accepts('Check', { ...sample('check'), decision: 'approved' })).toBe(true);
    expect(accepts('Report', { ...sample('report'), result: 'unknown' })).toBe(true);
    expect(accepts('Webhook', { ...sample('webhook'), type: 'session.completed' })).toBe(true);
  });

  it('reach into every part of a report', () => {
    const report = JSON.stringify(sample('report'));
    expect(accepts('Report', JSON.parse(report))).toBe(true);
    for (const [from, to] of [
      ['"fonts":{"status":"clear"}', '"fonts":{}'],
      ['"beard":true', '"beard":"yes"'],
      ['"screen_color_depth":30', '"screen_color_depth":"30"'],
      ['"age":"40"', '"age":40'],
      ['"image_integrity":{"status":"clear",', '"image_integrity":{'],
    ] as const) {
      expect(report).toContain(from);
      expect([from, accepts('Report', JSON.parse(report.replace(from, to)))]).toEqual([from, false]);
    }
  });

  it('know every field of the sample report', () => {
    expect(unknownFields(sample('report'), '#/components/schemas/Report')).toEqual([]);
  });

  it('mark the formats of nothing in a report but its ids', () => {
    const parts = ['Report', 'DocumentProperties', 'FacialProperties', 'Device'];
    expect(JSON.stringify(parts.map((name) => schemas[name]))).not.toContain('"format"');
  });
});

describe('the session token in the examples', () => {
  it('is a JSON Web Token of the sample session that lasts an hour', () => {
    const parts = String(sample('session-token').session_token).split('.');
    expect(parts).toHaveLength(3);
    expect(parts.map((part) => part.length % 4)).not.toContain(1);
    const [header, payload] = parts.map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(String(header))).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(JSON.parse(String(payload))).toEqual({
      room: 'Utio136htGUA',
      session_id: sample('session').id,
      iat: 1602248614,
      exp: 1602252214,
    });
  });
});

/** The fields of a value that the schema at `pointer`, and those it refers to, name nowhere. */
function unknownFields(value: unknown, pointer: string): string[] {
  const schema = objectAt(nodeAt(root, pointer));
  if (typeof schema.$ref === 'string') return unknownFields(value, schema.$ref);
  if (!isObject(value)) return [];
  const inherited = Array.isArray(schema.allOf)
    ? schema.allOf.map((_, index) => `${pointer}/allOf/${index}`)
    : [];
  const known = new Map([pointer, ...inherited].flatMap((at) => propertiesAt(at)));
  return Object.entries(value).flatMap(([name, child]) => {
    const place = known.get(name);
    return place === undefined ? [`${pointer} ${name}`] : unknownFields(child, place);
  });
}

function propertiesAt(pointer: string): [string, string][] {
  const schema = objectAt(nodeAt(root, pointer));
  if (typeof schema.$ref === 'string') return propertiesAt(schema.$ref);
  return Object.keys(objectAt(schema, 'properties')).map((name) => [name, `${pointer}/properties/${name}`]);
}
