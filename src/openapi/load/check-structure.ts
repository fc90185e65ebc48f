import { isObject, type JsonObject, kindOf, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import { methods } from '../document/methods.ts';
import { type Resolver, referenceOf } from '../document/resolver.ts';
import { webhookPlaces } from '../webhooks/webhooks.ts';

type Shape = 'object' | 'array' | 'string';

/** Checks the shape of what Sparring reads: version, paths, operations, parameters, bodies, answers, security and servers. */
export function* checkStructure(root: JsonObject, resolver: Resolver): Generator<DocumentProblem> {
  yield* shapes(root, '#', {
    info: 'object',
    paths: 'object',
    webhooks: 'object',
    components: 'object',
    servers: 'array',
    security: 'array',
  });
  const places = webhookPlaces(root);
  if (root.paths === undefined && root.webhooks === undefined && places.length === 0) {
    yield { pointer: '#', message: 'expected paths or webhooks, found neither' };
  }
  yield* shapes(root.info, '#/info', { title: 'string' });
  // Without quotes, YAML takes 1.0 for a number.
  if (typeof objectOrEmpty(root.info).version !== 'number')
    yield* shapes(root.info, '#/info', { version: 'string' });
  yield* servers(root.servers, '#/servers');
  const schemes = pointerTo('#/components', 'securitySchemes');
  for (const name of Object.keys(objectOrEmpty(objectOrEmpty(root.components).securitySchemes))) {
    yield* resolvedShape(resolver, pointerTo(schemes, name), { type: 'string' });
  }
  for (const [path, item] of Object.entries(objectOrEmpty(root.paths))) {
    if (path.startsWith('x-')) continue;
    yield* pathItem(resolver, item, pointerTo('#/paths', path));
  }
  for (const { item, pointer } of places) yield* pathItem(resolver, item, pointer);
}

function* pathItem(resolver: Resolver, item: unknown, pointer: Pointer): Generator<DocumentProblem> {
  if (!isObject(item)) return yield wrongShape(pointer, 'an object', item);
  const places = [{ node: item, pointer }];
  const target = referenceOf(item) === undefined ? undefined : resolver.resolve(pointer);
  if (target && !isObject(target.node)) yield wrongShape(target.pointer, 'an object', target.node);
  if (target && isObject(target.node)) places.push({ node: target.node, pointer: target.pointer });
  for (const { node, pointer } of places) {
    yield* shapes(node, pointer, { parameters: 'array', servers: 'array' });
    yield* parameters(resolver, node.parameters, pointerTo(pointer, 'parameters'));
    for (const method of methods) {
      const at = pointerTo(pointer, method);
      const written = referenceOf(node[method]) === undefined ? node[method] : resolver.resolve(at)?.node;
      if (written !== undefined) yield* operation(resolver, written, at);
    }
    for (const [method, written] of Object.entries(objectOrEmpty(node.additionalOperations)))
      yield* operation(resolver, written, pointerTo(pointer, 'additionalOperations', method));
  }
}

function* operation(resolver: Resolver, node: unknown, pointer: Pointer): Generator<DocumentProblem> {
  if (!isObject(node)) return yield wrongShape(pointer, 'an object', node);
  yield* shapes(node, pointer, {
    operationId: 'string',
    parameters: 'array',
    requestBody: 'object',
    responses: 'object',
    security: 'array',
    servers: 'array',
  });
  yield* parameters(resolver, node.parameters, pointerTo(pointer, 'parameters'));
  yield* servers(node.servers, pointerTo(pointer, 'servers'));
  if (isObject(node.requestBody))
    yield* resolvedShape(resolver, pointerTo(pointer, 'requestBody'), { content: 'object' });
  for (const status of Object.keys(objectOrEmpty(node.responses))) {
    if (status.startsWith('x-')) continue;
    const at = pointerTo(pointer, 'responses', status);
    if (!/^(?:[1-5]\d\d|[1-5]XX|default)$/i.test(status)) {
      yield { pointer: at, message: `expected a status such as 200, 2XX or default, found "${status}"` };
    }
    yield* resolvedShape(resolver, at, { content: 'object', headers: 'object' });
  }
}

function* parameters(resolver: Resolver, list: unknown, pointer: Pointer): Generator<DocumentProblem> {
  if (!Array.isArray(list)) return;
  for (let index = 0; index < list.length; index += 1) {
    const found = resolver.resolve(pointerTo(pointer, index));
    if (!found) continue;
    const { node } = found;
    if (!isObject(node)) yield wrongShape(found.pointer, 'an object', node);
    else {
      if (typeof node.name !== 'string')
        yield wrongShape(pointerTo(found.pointer, 'name'), 'a string', node.name);
      if (
        typeof node.in !== 'string' ||
        !['path', 'query', 'header', 'cookie', 'querystring'].includes(node.in)
      ) {
        yield {
          pointer: pointerTo(found.pointer, 'in'),
          message: 'expected path, query, header or cookie (or querystring)',
        };
      }
      yield* shapes(node, found.pointer, { style: 'string', content: 'object' });
    }
  }
}

function* servers(list: unknown, pointer: Pointer): Generator<DocumentProblem> {
  if (!Array.isArray(list)) return;
  for (const [index, server] of list.entries()) {
    const at = pointerTo(pointer, index);
    if (!isObject(server)) yield wrongShape(at, 'an object', server);
    else if (typeof server.url !== 'string') yield wrongShape(pointerTo(at, 'url'), 'a string', server.url);
  }
}

function* resolvedShape(
  resolver: Resolver,
  pointer: Pointer,
  fields: Readonly<Record<string, Shape>>,
): Generator<DocumentProblem> {
  const found = resolver.resolve(pointer);
  if (!found) return;
  if (!isObject(found.node)) return yield wrongShape(found.pointer, 'an object', found.node);
  yield* shapes(found.node, found.pointer, fields);
}

function* shapes(
  node: unknown,
  pointer: Pointer,
  fields: Readonly<Record<string, Shape>>,
): Generator<DocumentProblem> {
  for (const [field, shape] of Object.entries(fields)) {
    const value = objectOrEmpty(node)[field];
    if (value === undefined || hasShape(value, shape)) continue;
    yield wrongShape(pointerTo(pointer, field), shape === 'string' ? 'a string' : `an ${shape}`, value);
  }
}

function hasShape(value: unknown, shape: Shape): boolean {
  if (shape === 'array') return Array.isArray(value);
  return shape === 'object' ? isObject(value) : typeof value === shape;
}

function wrongShape(pointer: Pointer, expected: string, found: unknown): DocumentProblem {
  return { pointer, message: `expected ${expected}, found ${kindOf(found)}` };
}

/** Checks that `x-sparring.aliases` of the root lead to documented paths. */
export function* checkAliases(root: JsonObject): Generator<DocumentProblem> {
  for (const [alias, path] of Object.entries(objectOrEmpty(objectOrEmpty(root['x-sparring']).aliases))) {
    if (typeof path === 'string' && Object.hasOwn(objectOrEmpty(root.paths), path)) continue;
    yield {
      pointer: pointerTo('#/x-sparring/aliases', alias),
      message: 'expected one of the documented paths',
    };
  }
}
