import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ServerAddress } from './document.ts';
import { IndexedOperation, type OperationContext } from './indexed-operation.ts';
import { isAdditionalMethod, methods } from './methods.ts';
import { createResolver, type Resolver, referenceOf } from './resolver.ts';
import { readServerAddresses } from './server-addresses.ts';

/** A document's root with the means to find one's way in it. */
export interface OperationIndex {
  readonly root: JsonObject;
  readonly resolver: Resolver;
  readonly servers: readonly ServerAddress[];
  readonly operations: readonly IndexedOperation[];
}

/** @param fail makes the error for a node whose `$ref`s lead only to each other */
export function indexOperations(
  root: JsonObject,
  fail: (pointer: Pointer, message: string) => Error,
): OperationIndex {
  const resolver = createResolver(root, fail);
  const servers = readServerAddresses(root.servers);
  const hostnames = servers.map(({ hostname }) => hostname);
  const operations = operationsOf(root, { resolver, security: root.security, hostnames });
  return { root, resolver, servers, operations };
}

/** All operations below `paths`, in the document's order, each with an id of its own. */
function operationsOf(root: JsonObject, context: OperationContext): IndexedOperation[] {
  const taken = new Set<string>();
  return Object.entries(objectOrEmpty(root.paths))
    .filter(([path]) => !path.startsWith('x-'))
    .flatMap(([path, item]) =>
      operationsAt(path.startsWith('/') ? path : `/${path}`, item, pointerTo('#/paths', path), {
        ...context,
        isTemplate: true,
        taken,
      }),
    );
}

/** The operations of one path item, by method. `path` is what they are called: a path, or the name of a webhook. */
export function operationsAt(
  path: string,
  item: unknown,
  pointer: Pointer,
  context: OperationContext,
): IndexedOperation[] {
  const operations: IndexedOperation[] = [];
  for (const { pathItem, pathPointer } of pathItemsAt(item, pointer, context)) {
    for (const method of methods) {
      // Some documents refer to whole operations, which the specification does not allow and which is plain all the same.
      const definition = definitionAt(pathItem[method], pointerTo(pathPointer, method), context);
      if (!definition) continue;
      operations.push(new IndexedOperation({ path, method, pathItem, pathPointer, definition }, context));
    }
    for (const [method, written] of Object.entries(objectOrEmpty(pathItem.additionalOperations))) {
      const pointer = pointerTo(pathPointer, 'additionalOperations', method);
      const definition = definitionAt(written, pointer, context);
      if (!definition || !isAdditionalMethod(method)) continue;
      operations.push(new IndexedOperation({ path, method, pathItem, pathPointer, definition }, context));
    }
  }
  return operations;
}

function definitionAt(
  written: unknown,
  pointer: Pointer,
  { resolver }: OperationContext,
): JsonObject | undefined {
  const node = referenceOf(written) === undefined ? written : resolver.resolve(pointer)?.node;
  return isObject(node) ? node : undefined;
}

/** A path item, and beside it the one it refers to; methods that both have are the former's. */
function pathItemsAt(
  item: unknown,
  pointer: Pointer,
  context: OperationContext,
): readonly { pathItem: JsonObject; pathPointer: Pointer }[] {
  if (!isObject(item)) return [];
  const own = { pathItem: item, pathPointer: pointer };
  if (referenceOf(item) === undefined) return [own];
  const target = context.resolver.resolve(pointer);
  if (!target || !isObject(target.node)) return [own];
  const inherited = Object.fromEntries(
    Object.entries(target.node).filter(([key]) => !Object.hasOwn(item, key)),
  );
  return [own, { pathItem: inherited, pathPointer: target.pointer }];
}
