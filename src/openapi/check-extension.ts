import { readFile } from 'node:fs/promises';
import type { IndexedOperation } from './indexed-operation.ts';
import { isObject, type JsonObject } from './is-object.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';

const schemaFile = new URL('../../openapi/x-sparring.schema.json', import.meta.url);
const schemaId = 'x-sparring.schema.json';

interface Extended {
  readonly value: unknown;
  readonly pointer: string;
  readonly definition: 'DocumentExtension' | 'OperationExtension' | 'WebhookExtension';
}

/** Checks every `x-sparring` against its schema. Reads the schema and loads the validator only where there is one. */
export async function checkExtension(
  root: JsonObject,
  operations: readonly IndexedOperation[],
): Promise<Problem[]> {
  const extended: Extended[] = [];
  if (Object.hasOwn(root, 'x-sparring')) {
    extended.push({ value: root['x-sparring'], pointer: '#/x-sparring', definition: 'DocumentExtension' });
  }
  for (const { definition, pointer } of operations) {
    if (!Object.hasOwn(definition, 'x-sparring')) continue;
    const value: unknown = Reflect.get(definition, 'x-sparring');
    extended.push({ value, pointer: `${pointer}/x-sparring`, definition: 'OperationExtension' });
  }
  return extended.length === 0 ? [] : validateAll(extended);
}

async function validateAll(extended: readonly Extended[]): Promise<Problem[]> {
  const [{ Ajv2020 }, text] = await Promise.all([import('ajv/dist/2020.js'), readFile(schemaFile, 'utf8')]);
  const schema: unknown = JSON.parse(text);
  if (!isObject(schema)) throw new TypeError('The schema of x-sparring is no object.');
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  ajv.addSchema(schema, schemaId);
  const problems: Problem[] = [];
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
