import { METHODS } from 'node:http';
import { type JsonObject, kindOf, objectOrEmpty } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { OperationIndex } from '../document/index-operations.ts';
import type { IndexedOperation } from '../document/indexed-operation.ts';
import { isAdditionalMethod } from '../document/methods.ts';

/**
 * What breaks the specification and can yet be read in one way only: it is read so, and told. What leaves open what was
 * meant is an error (decision 014).
 */
export function* findLeniencies({ operations, root }: OperationIndex): Generator<DocumentProblem> {
  const { version } = objectOrEmpty(root.info);
  if (typeof version === 'number') {
    const message = `expected a string, found ${kindOf(version)}; it is read as "${version}"`;
    yield { pointer: '#/info/version', message };
  }
  for (const path of Object.keys(objectOrEmpty(root.paths))) {
    if (path.startsWith('/') || path.startsWith('x-')) continue;
    const message = `expected a path that starts with "/"; it is read as "/${path}"`;
    yield { pointer: pointerTo('#/paths', path), message };
  }
  yield* unreadParts(root);
  const first = new Map<string, IndexedOperation>();
  for (const operation of operations) yield* lenienciesOf(operation, first);
}

/** @param first the operations before it, by their operationId */
function* lenienciesOf(
  operation: IndexedOperation,
  first: Map<string, IndexedOperation>,
): Generator<DocumentProblem> {
  const { definition, id, pointer, undeclared } = operation;
  const { operationId } = definition;
  const owner = operationId === undefined ? undefined : first.get(operationId);
  if (owner) {
    const message = `the operationId "${operationId}" is already that of ${calledAs(owner)}; here it is "${id}"`;
    yield { pointer: pointerTo(pointer, 'operationId'), message };
  } else if (operationId !== undefined) first.set(operationId, operation);
  if (isAdditionalMethod(operation.method) && !METHODS.includes(operation.method)) {
    const message = `requests of the method ${operation.method} cannot be read by the server, so that ${calledAs(operation)} is never called`;
    yield { pointer, message };
  }
  for (const name of undeclared) {
    const message = `expected a path parameter named "${name}", which ${calledAs(operation)} does not declare; it is taken for any text`;
    yield { pointer, message };
  }
}

/** What OpenAPI 3.2 has and is not done, where documents use it. */
function* unreadParts(root: JsonObject): Generator<DocumentProblem> {
  for (const [path, item] of Object.entries(objectOrEmpty(root.paths))) {
    for (const method of Object.keys(objectOrEmpty(objectOrEmpty(item).additionalOperations))) {
      const pointer = pointerTo('#/paths', path, 'additionalOperations', method);
      if (!isAdditionalMethod(method))
        yield {
          pointer,
          message: `expected a method in capital letters such as COPY, found "${method}"; it is not served`,
        };
    }
    for (const [method, operation] of [['', item], ...Object.entries(objectOrEmpty(item))] as const) {
      const { parameters } = objectOrEmpty(operation);
      if (!Array.isArray(parameters)) continue;
      for (const [index, parameter] of parameters.entries()) {
        const { content, in: place } = objectOrEmpty(parameter);
        if (
          place !== 'querystring' ||
          Object.keys(objectOrEmpty(content)).some((type) => /urlencoded/.test(type))
        )
          continue;
        const at = pointerTo('#/paths', path, ...(method === '' ? [] : [method]), 'parameters', index);
        yield { pointer: at, message: 'a querystring that is no form is not checked' };
      }
    }
  }
}

function calledAs({ method, path }: IndexedOperation): string {
  return `${method.toUpperCase()} ${path}`;
}
