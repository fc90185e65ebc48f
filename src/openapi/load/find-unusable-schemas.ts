import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { boundedPattern } from '../../json/patterns/bounded-pattern.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { OperationIndex } from '../document/index-operations.ts';
import { listKeywords, mapKeywords, schemaKeywords } from '../schema/schema-keywords.ts';
import { translatePattern } from '../schema/translate-pattern.ts';

const types: ReadonlySet<unknown> = new Set([
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
]);

/**
 * Keywords that no validator can be compiled with, and patterns that cannot be judged on every text: told when the document is
 * loaded rather than with the first request that meets them.
 */
export function* findUnusableSchemas({ operations, root }: OperationIndex): Generator<DocumentProblem> {
  const waiting: { readonly node: unknown; readonly pointer: Pointer }[] = [];
  const push = (node: unknown, pointer: Pointer) => void waiting.push({ node, pointer });
  for (const [name, node] of Object.entries(objectOrEmpty(objectOrEmpty(root.components).schemas)))
    push(node, pointerTo('#/components/schemas', name));
  for (const { definition, pointer } of operations) {
    const { parameters = [], requestBody, responses } = definition;
    parameters.forEach((parameter, index) => {
      push(objectOrEmpty(parameter).schema, pointerTo(pointer, 'parameters', index, 'schema'));
    });
    const messages = [
      { message: requestBody, at: pointerTo(pointer, 'requestBody') },
      ...Object.entries(objectOrEmpty(responses)).map(([status, message]) => ({
        message,
        at: pointerTo(pointer, 'responses', status),
      })),
    ];
    for (const { at, message } of messages)
      for (const [type, media] of Object.entries(objectOrEmpty(objectOrEmpty(message).content)))
        push(objectOrEmpty(media).schema, pointerTo(at, 'content', type, 'schema'));
  }
  const seen = new Set<unknown>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, pointer } = next;
    if (!isObject(node) || seen.has(node)) continue;
    seen.add(node);
    yield* problemsOf(node, pointer);
    for (const [key, value] of Object.entries(node)) {
      const at = pointerTo(pointer, key);
      if (schemaKeywords.has(key)) push(value, at);
      else if (listKeywords.has(key) && Array.isArray(value))
        for (const [index, each] of value.entries()) push(each, pointerTo(at, index));
      else if (mapKeywords.has(key))
        for (const [name, each] of Object.entries(objectOrEmpty(value))) push(each, pointerTo(at, name));
    }
  }
}

function* problemsOf(schema: JsonObject, pointer: Pointer): Generator<DocumentProblem> {
  const given: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  const unknown = given.find((type) => type !== undefined && !types.has(type));
  if (unknown !== undefined)
    yield {
      pointer: pointerTo(pointer, 'type'),
      message: `there is no type ${JSON.stringify(unknown)}; requests and answers that this schema rules cannot be checked`,
    };
  if (typeof schema.pattern === 'string')
    yield* patternProblems(schema.pattern, pointerTo(pointer, 'pattern'));
  for (const pattern of Object.keys(objectOrEmpty(schema.patternProperties)))
    yield* patternProblems(pattern, pointerTo(pointer, 'patternProperties', pattern));
}

function* patternProblems(pattern: string, pointer: Pointer): Generator<DocumentProblem> {
  try {
    const translated = translatePattern(pattern);
    if (translated === undefined) {
      const message = `the pattern ${JSON.stringify(pattern.slice(0, 100))} is no regular expression of ECMAScript, and texts are not judged by it`;
      yield { pointer, message };
      return;
    }
    const { unjudged } = boundedPattern(translated);
    if (unjudged !== undefined)
      yield { pointer, message: `this pattern is not judged on all texts: ${unjudged}` };
  } catch {
    yield {
      pointer,
      message:
        'this pattern is no regular expression; requests and answers that this schema rules cannot be checked',
    };
  }
}
