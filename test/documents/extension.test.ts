import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type {
  ControlExtension,
  CredentialExtension,
  DocumentExtension,
  EmitExtension,
  ErrorExtension,
  OperationExtension,
  ResourceExtension,
  SettingExtension,
  SubscriptionExtension,
  WebhookExtension,
  WriteExtension,
} from '../../src/openapi/document/extension.ts';
import { indexOperations } from '../../src/openapi/document/index-operations.ts';
import { methods } from '../../src/openapi/document/methods.ts';
import { checkExtension } from '../../src/openapi/load/check-extension.ts';
import {
  isObject,
  type JsonObject,
  objectAt,
  operationsOf,
  projectRoot,
  sourceDocuments,
} from './documents.ts';

const schema = objectAt(
  JSON.parse(readFileSync(join(projectRoot, 'openapi/x-sparring.schema.json'), 'utf8')),
);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema(schema, 'x-sparring');

/** What is wrong with a value by one definition of the schema, or by the schema as a whole. */
function faults(value: unknown, definition = ''): string[] {
  const validate = ajv.compile({ $ref: (definition && `x-sparring#/$defs/${definition}`) || 'x-sparring' });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Every `x-provenance` and `x-source` below a node. */
function marks(node: unknown): { key: string; value: unknown }[] {
  if (Array.isArray(node)) return node.flatMap(marks);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'x-provenance' || key === 'x-source' ? [{ key, value }] : marks(value),
  );
}

/** Every property of every object in the schema that is closed, with where it stands. */
function properties(node: unknown, at: string): { at: string; definition: JsonObject }[] {
  if (!isObject(node)) return [];
  const own = Object.entries(objectAt(node, 'properties')).map(([name, value]) => ({
    at: `${at}.${name}`,
    definition: objectAt(value),
  }));
  return [...own, ...own.flatMap(({ at, definition }) => properties(definition, at))];
}

describe.for(sourceDocuments().map(({ name, root }) => [name, root] as const))(
  'x-sparring of %s',
  ([, root]) => {
    it('satisfies its schema at the root', () => {
      expect(faults(root['x-sparring'] ?? {})).toEqual([]);
    });

    it('satisfies its schema on operations', () => {
      const wrong = operationsOf(root).flatMap(({ id, definition }) =>
        faults(definition['x-sparring'] ?? {}, 'OperationExtension').map((fault) => `${id}: ${fault}`),
      );
      expect(wrong).toEqual([]);
    });

    it('satisfies its schema on webhooks', () => {
      const items = Object.entries(objectAt(root, 'webhooks')).map(([name, item]) => ({
        name,
        nodes: [objectAt(item), ...methods.map((method) => objectAt(item, method))],
      }));
      const wrong = items.flatMap(({ name, nodes }) =>
        nodes.flatMap((node) =>
          faults(node['x-sparring'] ?? {}, 'WebhookExtension').map((fault) => `${name}: ${fault}`),
        ),
      );
      expect(wrong).toEqual([]);
    });

    it('names webhooks, templates and conditions that hold', async () => {
      const { operations } = indexOperations(root, (pointer, message) => new Error(`${pointer}: ${message}`));
      expect(await checkExtension(root, operations)).toEqual([]);
    });

    it('is accompanied by marks of provenance from the vocabulary', () => {
      const definitions = { 'x-provenance': 'Provenance', 'x-source': 'Source' };
      const wrong = marks(root).filter(({ key, value }) => {
        return (
          faults(value, key === 'x-source' ? definitions['x-source'] : definitions['x-provenance']).length > 0
        );
      });
      expect(wrong).toEqual([]);
    });
  },
);

type Fields<T> = Record<keyof Required<T>, 'required' | 'optional'>;

/** The fields of the TypeScript types; the compiler sees to it that none is missing and none too many. */
const typed = {
  DocumentExtension: {
    credentials: 'optional',
    errors: 'optional',
    resources: 'optional',
    controls: 'optional',
    settings: 'optional',
    aliases: 'optional',
    magic: 'optional',
    delivery: 'optional',
    subscriptions: 'optional',
    invents: 'optional',
  } satisfies Fields<DocumentExtension>,
  CredentialExtension: {
    username: 'optional',
    password: 'optional',
    token: 'optional',
    clientId: 'optional',
    clientSecret: 'optional',
    issuedBy: 'optional',
    format: 'optional',
    expiresIn: 'optional',
    scopes: 'optional',
  } satisfies Fields<CredentialExtension>,
  ErrorExtension: {
    mediaType: 'optional',
    body: 'required',
    messages: 'optional',
    statuses: 'optional',
  } satisfies Fields<ErrorExtension>,
  ResourceExtension: {
    schema: 'optional',
    id: 'optional',
    order: 'optional',
    timestamps: 'optional',
    defaults: 'optional',
    cascade: 'optional',
    relations: 'optional',
    hidden: 'optional',
    emits: 'optional',
  } satisfies Fields<ResourceExtension>,
  EmitExtension: {
    event: 'required',
    when: 'optional',
    payload: 'optional',
    to: 'optional',
  } satisfies Fields<EmitExtension>,
  SubscriptionExtension: {
    collection: 'required',
    url: 'required',
    events: 'optional',
    any: 'optional',
    secret: 'optional',
    when: 'optional',
    delivery: 'optional',
    onDelivery: 'optional',
    onAttempt: 'optional',
    onDisable: 'optional',
  } satisfies Fields<SubscriptionExtension>,
  WriteExtension: {
    when: 'optional',
    collection: 'optional',
    id: 'optional',
    set: 'required',
  } satisfies Fields<WriteExtension>,
  WebhookExtension: { delivery: 'optional' } satisfies Fields<WebhookExtension>,
  ControlExtension: { summary: 'required', body: 'optional' } satisfies Fields<ControlExtension>,
  SettingExtension: {
    description: 'required',
    default: 'required',
    type: 'required',
    enum: 'optional',
  } satisfies Fields<SettingExtension>,
  OperationExtension: {
    resource: 'optional',
    action: 'optional',
    scheme: 'optional',
    update: 'optional',
    sets: 'optional',
    status: 'optional',
    emits: 'optional',
    stream: 'optional',
  } satisfies Fields<OperationExtension>,
};

describe('the schema of x-sparring', () => {
  it.for(Object.entries(typed))('has the fields of the type %s', ([name, fields]) => {
    const { required = [], ...definition } = objectAt(schema, '$defs', name);
    const asked = Array.isArray(required) ? required : [];
    const own = Object.keys(objectAt(definition, 'properties')).filter((key) => !key.startsWith('x-'));
    expect(
      Object.fromEntries(own.map((key) => [key, asked.includes(key) ? 'required' : 'optional'])),
    ).toEqual(fields);
  });

  it('describes every property', () => {
    const all = Object.entries(objectAt(schema, '$defs')).flatMap(([name, node]) => properties(node, name));
    const silent = all.filter(({ definition }) => !definition.description && !definition.$ref);
    expect(all.length).toBeGreaterThan(40);
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  it('refuses what it does not know, at every level', () => {
    const timestamps = { created: 'created_at', changed: 'updated_at' };
    expect(faults({ resource: {} })).toEqual([' must NOT have additional properties']);
    expect(faults({ resources: { things: { timestamps } } })).toEqual([
      '/resources/things/timestamps must NOT have additional properties',
    ]);
    expect(faults({ action: 'remove' }, 'OperationExtension')).toEqual([
      '/action must be equal to one of the allowed values',
    ]);
  });

  it('asks for what the types ask for', () => {
    expect(faults({ errors: {}, controls: { 'things.finish': {} }, settings: { pace: {} } })).toEqual([
      "/errors must have required property 'body'",
      "/controls/things.finish must have required property 'summary'",
      "/settings/pace must have required property 'description'",
      "/settings/pace must have required property 'default'",
      "/settings/pace must have required property 'type'",
    ]);
  });
});
