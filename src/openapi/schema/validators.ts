import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { SparringError, type Violation } from '../../errors.ts';
import { withPlainNumbers } from '../../json/exact-number.ts';
import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import { boundedPattern, sharingTime } from '../../json/patterns/bounded-pattern.ts';
import type { ApiDocument } from '../document/document.ts';
import { createResolver } from '../document/resolver.ts';
import { areSame, describeViolations } from './describe-violation.ts';
import { directSchema, type MessageDirection } from './direct-schema.ts';
import { ownFormats } from './own-formats.ts';

export type { MessageDirection as Direction } from './direct-schema.ts';

/**
 * Checks one value. `location` is what violations call the value, such as `body` or `query/limit`; what is below it is
 * added: `body/address/city`. The empty answer is always the same one.
 */
export type Validate = (value: unknown, location: string) => readonly Violation[];

/** The compiled schemas of one document. */
export interface Validators {
  /** The validator of the schema at a pointer. It is compiled when it is first used, and kept. */
  validator(pointer: Pointer, direction: MessageDirection): Validate;
  /**
   * Checks a value against the schema at a pointer.
   *
   * @throws SparringError `document-invalid` for a schema that cannot be compiled
   */
  validate(
    pointer: Pointer,
    value: unknown,
    direction: MessageDirection,
    location: string,
  ): readonly Violation[];
}

export const noViolations: readonly Violation[] = Object.freeze([]);

/** Larger values are only searched for their first violation: there could be as many as parts. */
const mostParts = 5000;

/**
 * Validators for all schemas of a document, by JSON Schema 2020-12 with formats asserted. Each schema is compiled on first
 * use, together with those it refers to; circular ones work.
 */
export function createValidators(document: ApiDocument): Validators {
  const kept: Record<MessageDirection, Map<Pointer, Validate>> = { request: new Map(), response: new Map() };
  const fail = (pointer: Pointer, message: string, cause?: unknown) =>
    schemaError(document, pointer, message, cause);
  const resolver = createResolver(objectOrEmpty(document.root), fail);
  const first = createCompilers(false);
  const all = createCompilers(true);

  /** One compiler for each direction; `allErrors` makes validators that do not stop at the first one. */
  function createCompilers(
    allErrors: boolean,
  ): (pointer: Pointer, direction: MessageDirection) => ValidateFunction {
    const ids = new Map<string, string>();
    /** Ids by the text of their schema, of those that refer to no other. */
    const twins = new Map<string, string>();
    let ajv: Ajv2020 | undefined;

    /** Adds a schema and all it refers to, and says what it is called. Adds all or, when one of them is wrong, nothing. */
    function add(compiler: Ajv2020, pointer: Pointer, direction: MessageDirection): string {
      const fresh = new Map<string, string>();
      const waiting: { pointer: Pointer; id: string }[] = [];
      const idOf = (target: Pointer): string => {
        const key = `${direction} ${target}`;
        const known = ids.get(key) ?? fresh.get(key);
        if (known !== undefined) return known;
        const id = `sparring:/${ids.size + fresh.size}`;
        fresh.set(key, id);
        waiting.push({ pointer: target, id });
        return id;
      };
      const id = idOf(pointer);
      const schemas = new Map<string, object>();
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const schema = directSchema(next.pointer, { resolver, direction, referTo: idOf, fail });
        schemas.set(next.id, typeof schema === 'boolean' ? booleanSchema(schema) : schema);
      }
      const twin = twinOf(id, schemas);
      if (twin !== undefined) {
        for (const key of fresh.keys()) ids.set(key, twin);
        return twin;
      }
      for (const [freshId, schema] of schemas) compiler.addSchema(schema, freshId);
      try {
        // What is referred to is compiled first: the compiler would follow long chains by recursion.
        for (const freshId of [...schemas.keys()].reverse()) compiler.getSchema(freshId);
      } catch (error) {
        for (const freshId of schemas.keys()) compiler.removeSchema(freshId);
        for (const [text, first] of twins) if (first === id) twins.delete(text);
        throw error;
      }
      for (const [key, freshId] of fresh) ids.set(key, freshId);
      return id;
    }

    /** The id of the same schema from another place: documents repeat themselves, and compiling takes long. */
    function twinOf(id: string, schemas: ReadonlyMap<string, object>): string | undefined {
      const schema = schemas.get(id);
      if (schema === undefined || schemas.size > 1) return undefined;
      const text = JSON.stringify(schema);
      const twin = twins.get(text);
      if (twin === undefined) twins.set(text, id);
      return twin;
    }

    return (pointer, direction) => {
      ajv ??= createAjv(allErrors);
      try {
        const validate = ajv.getSchema(add(ajv, pointer, direction));
        if (validate) return validate;
      } catch (cause) {
        if (cause instanceof SparringError) throw cause;
        const why =
          cause instanceof RangeError
            ? 'it is nested too deeply'
            : String(cause instanceof Error ? cause.message : cause);
        throw fail(pointer, `this schema cannot be compiled: ${why}`, cause);
      }
      throw fail(pointer, 'this schema cannot be compiled');
    };
  }

  function createValidate(pointer: Pointer, direction: MessageDirection): Validate {
    let compiled: ValidateFunction | undefined;
    let thorough: ValidateFunction | undefined;
    /** What was found last: the same mistakes are made again and again, and one list of them serves all who keep it. */
    let latest = noViolations;
    const describe = (errors: readonly ErrorObject[], location: string) => {
      const found = describeViolations(errors, location);
      if (!areSame(found, latest)) latest = found;
      return latest;
    };
    return function validate(value, location): readonly Violation[] {
      compiled ??= compile(pointer, direction);
      try {
        const check = compiled;
        if (sharingTime(() => check(value) === true)) return noViolations;
        const errors = compiled.errors ?? [];
        // The compiled code knows no exact numbers; few values have any.
        const plain = withPlainNumbers(value);
        if (plain !== value) return validate(plain, location);
        if (!isSmall(value)) return describe(errors, location);
        thorough ??= all(pointer, direction);
        const checkAll = thorough;
        const isFine = sharingTime(() => checkAll(value) === true);
        return describe(isFine ? errors : (thorough.errors ?? errors), location);
      } catch (error) {
        if (error instanceof RangeError)
          return [{ location, code: 'depth', message: 'is nested too deeply' }];
        throw error;
      }
    };
  }

  /** Code that stops at the first error stands in as many blocks as a schema has properties, which can be too many. */
  function compile(pointer: Pointer, direction: MessageDirection): ValidateFunction {
    try {
      return first(pointer, direction);
    } catch (error) {
      if (error instanceof SparringError && error.cause instanceof RangeError) return all(pointer, direction);
      throw error;
    }
  }

  function validator(pointer: Pointer, direction: MessageDirection): Validate {
    let validate = kept[direction].get(pointer);
    if (!validate) {
      validate = createValidate(pointer, direction);
      kept[direction].set(pointer, validate);
    }
    return validate;
  }

  return {
    validator,
    validate: (pointer, value, direction, location) => validator(pointer, direction)(value, location),
  };
}

function createAjv(allErrors: boolean): Ajv2020 {
  // Required at the first validation, so that starting does not wait for it and validating need not be asynchronous.
  const require = createRequire(import.meta.url);
  const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js');
  const addFormats: typeof import('ajv-formats') = require('ajv-formats');
  const ajv = new Ajv2020({
    allErrors,
    strict: false,
    // Infinity is no number of JSON.
    strictNumbers: true,
    // Patterns such as `[\w-.]` are common, and only the `u` flag makes errors of them.
    unicodeRegExp: false,
    // Whatever a document's pattern and a caller's text are, they hold nobody up.
    code: { regExp: patternEngine },
    // 0.07 is a multiple of 0.01, though not in binary.
    multipleOfPrecision: 9,
    ownProperties: true,
    validateSchema: false,
    meta: false,
    logger: false,
  });
  addFormats.default(ajv);
  for (const [name, format] of Object.entries(ownFormats)) ajv.addFormat(name, format);
  return ajv;
}

const patternEngine = Object.assign((pattern: string) => boundedPattern(pattern), {
  // Asked for by Ajv for code that stands alone, which is not written here.
  code: 'boundedPattern',
});

function booleanSchema(schema: boolean): object {
  return schema ? {} : { not: {} };
}

function schemaError(
  document: ApiDocument,
  pointer: Pointer,
  message: string,
  cause: unknown,
): SparringError {
  const position = document.position(pointer);
  const where = position
    ? // Callers see it: what folder the document is in is no matter of theirs.
      `${basename(position.file)}:${position.line}:${position.column}`
    : `${document.name}, ${pointer}`;
  return new SparringError('document-invalid', `${where}: ${message}.`, cause === undefined ? {} : { cause });
}

function isSmall(value: unknown): boolean {
  const waiting: unknown[] = [value];
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count > mostParts) return false;
    const part = waiting.pop();
    if (Array.isArray(part)) {
      if (part.length > mostParts) return false;
      for (const item of part) waiting.push(item);
    } else if (isObject(part)) for (const key of Object.keys(part)) waiting.push(part[key]);
  }
  return true;
}
