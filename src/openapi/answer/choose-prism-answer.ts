import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { isObject } from '../../json/is-object.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { operationAlone, restoreData } from '../document/operation-alone.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { plainOperation } from './plain-operation.ts';

/** A declared answer that was chosen, to be filled. */
export interface ChosenAnswer {
  /** A value for the schema; undefined when prism cannot make one. */
  generate(): unknown;
}

/** An operation in prism's form. */
export type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

interface Wanted {
  readonly dynamic: boolean;
  readonly code: number;
  readonly mediaTypes: string[];
}

const require = createRequire(import.meta.url);
// All together these hold the event loop for half a second, and others' requests are answered in between.
require('@faker-js/faker/locale/en');
await setImmediate();
require('@faker-js/faker');
await setImmediate();
const generator: typeof import('@stoplight/prism-http/dist/mocker/generator/JSONSchema.js') =
  require('@stoplight/prism-http/dist/mocker/generator/JSONSchema.js');
await setImmediate();
const { getHttpOperationsFromSpec }: typeof import('@stoplight/prism-http/dist/utils/operations.js') =
  require('@stoplight/prism-http/dist/utils/operations.js');
await setImmediate();
const {
  default: helpers,
}: typeof import('@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js') =
  require('@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js');

/** Without it prism reads the schemas of a 3.1 document as draft 7. */
const jsonSchemaDialect = 'https://json-schema.org/draft/2020-12/schema';

type Logger = Parameters<ReturnType<typeof helpers.negotiateOptionsForValidRequest>>[0];
const noLog = () => undefined;
const silent = {
  info: noLog,
  debug: noLog,
  warn: noLog,
  error: noLog,
  trace: noLog,
  success: noLog,
} as unknown as Logger;

/** One operation in prism's form. It gets a copy with that operation alone: it changes what it is given, and is slow on many. */
export async function toPrismOperation(document: ApiDocument, operation: Operation): Promise<PrismOperation> {
  const { method, path } = operation;
  const transformed = await getHttpOperationsFromSpec({
    ...operationAlone(document, plainOperation(document, operation)),
    jsonSchemaDialect,
  });
  const found = transformed.find((each) => each.path === path && each.method === method);
  if (!found) throw new TypeError(`prism made nothing of ${operation.id}.`);
  return found;
}

/** Chooses an answer of an operation to a valid request; an error when it declares none of the kind. */
export function choosePrismAnswer(
  operation: PrismOperation,
  wanted: Wanted,
  seed: string,
): ChosenAnswer | Error {
  const outcome = helpers.negotiateOptionsForValidRequest(operation, wanted)(silent);
  if (outcome._tag === 'Left') return outcome.left;
  const { schema } = outcome.right;
  return {
    generate() {
      if (!schema) return undefined;
      const bundle: unknown = Reflect.get(operation, '__bundle__');
      // Its random numbers are one global sequence, seeded anew for each answer; generation does not pause in between.
      const made = wanted.dynamic
        ? generator.generate(operation, bundle, schema, seed)
        : generator.generateStatic(operation, schema);
      return made._tag === 'Right' ? restoreData(made.right) : undefined;
    },
  };
}

/** A generated object without the properties that its schema does not name: prism adds some of its own invention. */
export function withoutInventions(document: ApiDocument, schema: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  const known = recordPropertiesOf(document, schema);
  if (known.size === 0) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => known.has(name)));
}
