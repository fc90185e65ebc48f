import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

// This file and those beside it read documents on their own: what they took from src/ they could not find wrong there.

/** Any JSON value, as JSON.parse gives it. */
export type Json = ReturnType<typeof JSON.parse>;

/** A body in one media type, with where its schema stands in the document; empty where it stands nowhere as a whole. */
export interface PlainBody {
  readonly mediaType: string;
  readonly schema: Json;
  readonly pointer: string;
  readonly example: Json;
}

export interface PlainParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Json;
  readonly example: Json;
  readonly style: string | undefined;
  readonly explode: boolean;
}

export interface PlainOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly PlainParameter[];
  readonly bodyRequired: boolean;
  readonly bodies: readonly PlainBody[];
  /** By status as it is written: `200`, `2XX`, `default`. */
  readonly responses: ReadonlyMap<string, readonly PlainBody[]>;
  readonly security: readonly (readonly string[])[];
}

export interface PlainDocument {
  readonly root: Json;
  readonly operations: readonly PlainOperation[];
  readonly schemes: Readonly<Record<string, Json>>;
  readonly credentials: Credentials;
}

/** What a client lets itself in with. */
export interface Credentials {
  readonly token: string;
  readonly basic: string;
  readonly key: string;
}

/** Well-formed ones that nobody handed out. */
export const madeUp: Credentials = {
  token: 'made-up-token-0123456789abcdef',
  basic: 'made-up-user:made-up-password',
  key: 'made-up-key-0123456789abcdef',
};

/** Those that Sparring prints when it starts, to see what is behind the door while made-up ones are refused. */
export const demo: Credentials = { token: 'demo-token', basic: 'demo:demo-secret', key: 'demo-token' };

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads a document of any version, with its schemas as JSON Schema 2020-12 knows them. */
export function readPlainDocument(file: string, credentials: Credentials = madeUp): PlainDocument {
  // Some generators put a byte order mark first.
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const root: Json = file.endsWith('.json') ? JSON.parse(text) : load(text);
  const old = root.swagger !== undefined || String(root.openapi).startsWith('3.0');
  modernize(root, old, new Set());
  const operations: PlainOperation[] = [];
  for (const [path, item] of Object.entries<Json>(root.paths ?? {})) {
    for (const method of methods) {
      if (item?.[method]) operations.push(operationOf(root, path, method, item));
    }
  }
  return {
    root,
    operations,
    credentials,
    schemes: root.components?.securitySchemes ?? root.securityDefinitions ?? {},
  };
}

/** What a reference leads to, through as many as there are; all else as it is. */
export function resolve(root: Json, node: Json): Json {
  return follow(root, node, '').node;
}

function follow(root: Json, node: Json, pointer: string): { node: Json; pointer: string } {
  let at = { node, pointer };
  for (let turn = 0; turn < 20 && typeof at.node?.$ref === 'string'; turn += 1) {
    const to = decodeURIComponent(at.node.$ref.replace(/^#/, ''));
    let found = root;
    for (const part of to.split('/').slice(1)) found = found?.[part.replace(/~1/g, '/').replace(/~0/g, '~')];
    at = { node: found, pointer: to };
  }
  return at;
}

function operationOf(root: Json, path: string, method: string, item: Json): PlainOperation {
  const operation = item[method];
  const here = `/paths/${pointerPart(path)}/${method}`;
  const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(root, one));
  const unique = [...new Map(all.map((one: Json) => [`${one.in} ${one.name}`, one])).values()];
  const body = follow(root, operation.requestBody, `${here}/requestBody`);
  const responses = Object.entries<Json>(operation.responses ?? {})
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, written]) => {
      const { node, pointer } = follow(root, written, `${here}/responses/${status}`);
      const produces = operation.produces ?? root.produces ?? ['application/json'];
      const old =
        node?.schema === undefined ? [] : produces.map((type: string) => bodyOf(type, node, pointer));
      return [status, root.swagger === undefined ? contentOf(node, pointer) : old] as const;
    });
  return {
    id: operation.operationId ?? `${method.toUpperCase()} ${path}`,
    method,
    path,
    parameters: unique.filter((one) => !/^(body|formData)$/.test(one.in)).map(parameterOf),
    bodyRequired:
      body.node?.required === true || unique.some((one) => /^(body|formData)$/.test(one.in) && one.required),
    bodies:
      root.swagger === undefined ? contentOf(body.node, body.pointer) : oldBodies(root, operation, unique),
    responses: new Map(responses),
    security: (operation.security ?? root.security ?? []).map((one: Json) => Object.keys(one)),
  };
}

function contentOf(node: Json, pointer: string): PlainBody[] {
  return Object.entries<Json>(node?.content ?? {}).map(([type, media]) =>
    bodyOf(type, media, `${pointer}/content/${pointerPart(type)}`),
  );
}

function bodyOf(mediaType: string, media: Json, pointer: string): PlainBody {
  const named = Object.values<Json>(media?.examples ?? {})[0]?.value;
  return {
    mediaType,
    schema: media?.schema,
    pointer: pointer === '' ? '' : `${pointer}/schema`,
    example: media?.example ?? named,
  };
}

/** The bodies of a Swagger 2.0 operation: its body parameter, or its form fields together. */
function oldBodies(root: Json, operation: Json, parameters: readonly Json[]): PlainBody[] {
  const consumes: string[] = operation.consumes ?? root.consumes ?? ['application/json'];
  const whole = parameters.find((one) => one.in === 'body');
  const fields = parameters.filter((one) => one.in === 'formData');
  if (whole) return consumes.map((type) => bodyOf(type, whole, ''));
  if (fields.length === 0) return [];
  const files = fields.some((one) => one.format === 'binary');
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((one) => [one.name, one])),
    required: fields.filter((one) => one.required === true).map((one) => one.name),
  };
  const type = files ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return [bodyOf(consumes.find((one) => /form/.test(one)) ?? type, { schema }, '')];
}

function parameterOf(written: Json): PlainParameter {
  const content = Object.values<Json>(written.content ?? {})[0];
  const named = Object.values<Json>(written.examples ?? {})[0]?.value;
  return {
    name: written.name,
    in: written.in,
    required: written.required === true || written.in === 'path',
    schema: written.schema ?? content?.schema ?? written,
    example: written.example ?? written['x-example'] ?? named,
    style: content ? 'content' : written.style,
    explode: written.explode ?? (written.collectionFormat ? written.collectionFormat === 'multi' : true),
  };
}

/** Rewrites in place what Swagger 2.0 and OpenAPI 3.0 say in words of their own: nullable, exclusive bounds, files. */
function modernize(node: Json, old: boolean, seen: Set<object>): void {
  if (typeof node !== 'object' || node === null || seen.has(node)) return;
  seen.add(node);
  for (const value of Object.values(node)) modernize(value, old, seen);
  if (Array.isArray(node)) return;
  dropWriteOnly(node);
  // References are meant from the document, whatever a schema calls itself.
  for (const name of ['$id', '$anchor', '$dynamicAnchor'])
    if (typeof node[name] === 'string') delete node[name];
  // What a dynamic reference leads to depends on the way there, which this harness does not follow.
  if (typeof node.$dynamicRef === 'string') delete node.$dynamicRef;
  if (!old) {
    if (typeof node.nullable === 'boolean') delete node.nullable;
    return;
  }
  // Beside a reference nothing counts in these versions.
  if (typeof node.$ref === 'string')
    for (const key of Object.keys(node)) if (key !== '$ref') delete node[key];
  if (node.type === 'file') Object.assign(node, { type: 'string', format: 'binary' });
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof node[exclusive] !== 'boolean') continue;
    if (node[exclusive] && node[bound] !== undefined) node[exclusive] = node[bound];
    else delete node[exclusive];
  }
  if (node.nullable === true) allowNull(node);
  else if (node.nullable === false) delete node.nullable;
}

/** What is only written need not be answered. */
function dropWriteOnly(node: Json): void {
  if (!Array.isArray(node.required) || typeof node.properties !== 'object') return;
  node.required = node.required.filter((name: string) => node.properties?.[name]?.writeOnly !== true);
}

function allowNull(node: Json): void {
  delete node.nullable;
  if (typeof node.type === 'string' && node.anyOf === undefined && node.allOf === undefined && !node.oneOf) {
    node.type = [node.type, 'null'];
    if (Array.isArray(node.enum) && !node.enum.includes(null)) node.enum = [...node.enum, null];
    return;
  }
  const copy = { ...node };
  for (const key of Object.keys(node)) delete node[key];
  node.anyOf = [copy, { type: 'null' }];
}

/** One part of a JSON pointer (RFC 6901). */
export function pointerPart(part: string): string {
  return part.replace(/~/g, '~0').replace(/\//g, '~1');
}
