import { isObject, type JsonObject, nodeAt, pointerTo } from './documents.ts';

export interface Example {
  /** Where it stands, such as `#/components/schemas/Id/examples/0`. */
  readonly pointer: string;
  /** Where the schema stands that it must satisfy. */
  readonly schema: string;
  readonly value: unknown;
}

/** Keywords whose keys are names given by the author, so that `properties.examples` is no list of examples. */
const namedChildren: ReadonlySet<string> = new Set([
  ...['paths', 'webhooks', 'callbacks', 'responses', 'content', 'headers', 'encoding', 'links', 'parameters'],
  ...['schemas', 'requestBodies', 'securitySchemes', 'pathItems', 'variables', 'scopes'],
  ...['properties', 'patternProperties', '$defs', 'dependentSchemas'],
]);

/** Keywords that hold values, not parts of the document. */
const values: ReadonlySet<string> = new Set([
  'example',
  'examples',
  'default',
  'const',
  'enum',
  'value',
  'mapping',
]);

/**
 * Every example of a document with the schema it belongs to: those of media types, parameters and headers (`example`,
 * `examples`, by reference too), and those of schemas (`example`, `examples`, `default`). Throws for a broken reference and
 * for an example beside no schema.
 */
export function examplesOf(root: JsonObject): Example[] {
  const found: Example[] = [];
  walk(root, '#', false);
  return found;

  function walk(node: unknown, pointer: string, named: boolean): void {
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) walk(item, pointerTo(pointer, index), false);
    } else if (isObject(node)) {
      // components.examples are reached by reference, from where their schema is known
      if (!named && pointer !== '#/components') collect(node, pointer);
      for (const [key, child] of Object.entries(node)) {
        const skipped = !named && (values.has(key) || key.startsWith('x-'));
        if (!skipped) walk(child, pointerTo(pointer, key), !named && namedChildren.has(key));
      }
    }
  }

  function collect(node: JsonObject, pointer: string): void {
    const carrier = isObject(node.examples) || ('example' in node && ('schema' in node || 'in' in node));
    const schema = carrier ? `${pointer}/schema` : pointer;
    if (carrier && nodeAt(root, schema) === undefined)
      throw new Error(`${pointer} has examples and no schema.`);
    if ('example' in node) found.push({ pointer: `${pointer}/example`, schema, value: node.example });
    if (!carrier && 'default' in node && 'type' in node) {
      found.push({ pointer: `${pointer}/default`, schema, value: node.default });
    }
    const { examples } = node;
    if (Array.isArray(examples)) {
      for (const [index, value] of examples.entries()) {
        found.push({ pointer: `${pointer}/examples/${index}`, schema, value });
      }
    } else if (isObject(examples)) {
      for (const [name, example] of Object.entries(examples)) {
        found.push({
          pointer: pointerTo(`${pointer}/examples`, name),
          schema,
          value: exampleValue(example, pointer),
        });
      }
    }
  }

  function exampleValue(example: unknown, pointer: string): unknown {
    const reference = isObject(example) ? example.$ref : undefined;
    const target = typeof reference === 'string' ? nodeAt(root, reference) : example;
    if (isObject(target) && 'value' in target) return target.value;
    throw new Error(`${pointer} has an example without a value: ${JSON.stringify(example)}.`);
  }
}
