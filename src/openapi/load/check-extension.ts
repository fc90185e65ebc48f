import { readFile } from 'node:fs/promises';
import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import { nearest } from '../../json/nearest.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { IndexedOperation } from '../document/indexed-operation.ts';
import { methods } from '../document/methods.ts';
import { createResolver } from '../document/resolver.ts';
import { webhookPlaces } from '../webhooks/webhooks.ts';

const schemaFile = new URL('../../../openapi/x-sparring.schema.json', import.meta.url);
const schemaId = 'x-sparring.schema.json';

interface Extended {
  readonly value: unknown;
  readonly pointer: string;
  readonly definition: 'DocumentExtension' | 'OperationExtension' | 'WebhookExtension';
}

/**
 * Checks every `x-sparring` against its schema, then what it says of events. Reads the schema and loads the validator only
 * where there is one.
 */
export async function checkExtension(
  root: JsonObject,
  operations: readonly IndexedOperation[],
): Promise<DocumentProblem[]> {
  const extended = [
    ...extendedAt(root, '#', 'DocumentExtension'),
    ...operations.flatMap(({ definition, pointer }) => extendedAt(definition, pointer, 'OperationExtension')),
    ...webhookItems(root, operations).flatMap(({ node, pointer }) => [
      ...extendedAt(node, pointer, 'WebhookExtension'),
      ...methods.flatMap((method) =>
        extendedAt(node[method], pointerTo(pointer, method), 'WebhookExtension'),
      ),
    ]),
  ];
  if (extended.length === 0) return [];
  const problems = await validateAll(extended);
  if (problems.length > 0) return problems;
  const [{ Ajv2020 }, { checkEmission }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('./check-emission.ts'),
  ]);
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
  return [...checkEmission(root, operations, ajv)];
}

function extendedAt(node: unknown, pointer: string, definition: Extended['definition']): Extended[] {
  if (!isObject(node) || !Object.hasOwn(node, 'x-sparring')) return [];
  return [{ value: node['x-sparring'], pointer: pointerTo(pointer, 'x-sparring'), definition }];
}

interface FoundObject {
  readonly node: JsonObject;
  readonly pointer: string;
}

/** The path items of webhooks and callbacks: those that are written in place, and those that are referred to. */
function webhookItems(root: JsonObject, operations: readonly IndexedOperation[]): readonly FoundObject[] {
  const resolver = createResolver(root, (pointer, message) => new Error(`${pointer}: ${message}`));
  const places = webhookPlaces(root).map(({ pointer }) => pointer);
  for (const { definition, pointer } of operations) {
    for (const name of Object.keys(objectOrEmpty(definition.callbacks))) {
      const callback = resolver.resolve(pointerTo(pointer, 'callbacks', name));
      for (const url of Object.keys(objectOrEmpty(callback?.node)))
        places.push(pointerTo(callback?.pointer ?? '', url));
    }
  }
  const found = new Map<string, FoundObject>();
  for (const place of places) {
    for (const item of [resolver.at(place), resolver.resolve(place)])
      if (item && isObject(item.node)) found.set(item.pointer, { node: item.node, pointer: item.pointer });
  }
  return [...found.values()];
}

async function validateAll(extended: readonly Extended[]): Promise<DocumentProblem[]> {
  const [{ Ajv2020 }, text] = await Promise.all([import('ajv/dist/2020.js'), readFile(schemaFile, 'utf8')]);
  const schema: unknown = JSON.parse(text);
  if (!isObject(schema)) throw new TypeError('The schema of x-sparring is no object.');
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  ajv.addSchema(schema, schemaId);
  const problems: DocumentProblem[] = [];
  for (const { definition, pointer, value } of extended) {
    const validate = ajv.getSchema(`${schemaId}#/$defs/${definition}`);
    if (!validate || validate(value)) continue;
    for (const { instancePath, keyword, message, params, parentSchema } of validate.errors ?? []) {
      const unknown = keyword === 'additionalProperties' ? String(params.additionalProperty) : undefined;
      const known = Object.keys(
        isObject(parentSchema) && isObject(parentSchema.properties) ? parentSchema.properties : {},
      );
      problems.push({
        pointer: `${pointer}${instancePath}${unknown === undefined ? '' : `/${unknown}`}`,
        message: unknown === undefined ? (message ?? keyword) : unknownField(unknown, known),
      });
    }
  }
  return problems;
}

function unknownField(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return `x-sparring has no field "${name}" here${guess === undefined ? '' : `; did you mean ${guess}?`}`;
}
