import { kindOf, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { OperationIndex } from '../document/index-operations.ts';
import type { IndexedOperation } from '../document/indexed-operation.ts';
import { translatePattern } from '../schema/translate-pattern.ts';

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
  yield* foreignPatterns(root);
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
  for (const name of undeclared) {
    const message = `expected a path parameter named "${name}", which ${calledAs(operation)} does not declare; it is taken for any text`;
    yield { pointer, message };
  }
}

/** What below these is data rather than schema. */
const data: ReadonlySet<string> = new Set([
  'example',
  'examples',
  'default',
  'enum',
  'const',
  'value',
  'dataValue',
]);

/** Patterns that are regular expressions of no kind that is known, each once. Does not recurse: documents may be deep. */
function* foreignPatterns(root: object): Generator<DocumentProblem> {
  const told = new Set<string>();
  const seen = new Set<unknown>();
  const waiting: { readonly node: object; readonly pointer: Pointer }[] = [{ node: root, pointer: '#' }];
  for (let here = waiting.pop(); here; here = waiting.pop()) {
    const { node, pointer } = here;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const [key, value] of Object.entries(node)) {
      const at = pointerTo(pointer, key);
      if (key === 'pattern' && typeof value === 'string' && !told.has(value)) {
        told.add(value);
        if (translatePattern(value) === undefined)
          yield {
            pointer: at,
            message: `the pattern ${JSON.stringify(value.slice(0, 100))} is no regular expression of ECMAScript, and texts are not judged by it`,
          };
      } else if (typeof value === 'object' && value !== null && !data.has(key) && !key.startsWith('x-'))
        waiting.push({ node: value, pointer: at });
    }
  }
}

function calledAs({ method, path }: IndexedOperation): string {
  return `${method.toUpperCase()} ${path}`;
}
