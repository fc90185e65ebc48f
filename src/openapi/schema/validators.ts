import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { DataValidationCxt, SchemaValidateFunction } from 'ajv/dist/types/index.js';
import { SparringError, type Violation } from '../../errors.ts';
import { withPlainNumbers } from '../../json/exact-number.ts';
import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import { boundedPattern, sharingTime } from '../../json/patterns/bounded-pattern.ts';
import type { ApiDocument } from '../document/document.ts';
import { createResolver } from '../document/resolver.ts';
import { areSame, describeViolations } from './describe-violation.ts';
import { directSchema, type MessageDirection } from './direct-schema.ts';
import { ownFormats } from './own-formats.ts';
import { pieceKeyword, piecesOf } from './schema-pieces.ts';

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
  /**
   * Compiles the schema at a pointer with all that it consists of, ahead of its first use. Large ones have many pieces, and other
   * work goes on in between.
   *
   * @throws SparringError `document-invalid` for a schema that cannot be compiled
   */
  prepare(pointer: Pointer, direction: MessageDirection): Promise<void>;
  /** The same without a pause, where nobody waits for anything else. */
  prepareAtOnce(pointer: Pointer, direction: MessageDirection): void;
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
  function createCompilers(allErrors: boolean): Compiler {
    /** What is compiled once a value comes to it, or `prepare` does. */
    const pieces: string[] = [];
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
      const schemas = new Map<string, JsonObject>();
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const schema = directSchema(next.pointer, { resolver, direction, referTo: idOf, fail });
        schemas.set(next.id, typeof schema === 'boolean' ? booleanSchema(schema) : schema);
      }
      const twin = twinOf(id, schemas);
      if (twin !== undefined) {
        for (const key of fresh.keys()) ids.set(key, twin);
        return twin;
      }
      const cut = piecesOf(schemas);
      if (cut) {
        for (const [piece, schema] of cut)
          compiler.addSchema(typeof schema === 'boolean' ? booleanSchema(schema) : schema, piece);
        for (const [key, freshId] of fresh) ids.set(key, freshId);
        pieces.push(...cut.keys());
        return id;
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

    return {
      compile(pointer, direction) {
        ajv ??= createAjv(allErrors);
        const compiler = ajv;
        return usable(pointer, () => compiler.getSchema(add(compiler, pointer, direction)));
      },
      compilePiece(pointer) {
        const piece = pieces.pop();
        if (piece === undefined) return false;
        usable(pointer, () => ajv?.getSchema(piece));
        return true;
      },
    };
  }

  /** What was compiled; what goes wrong is the fault of the schema at a pointer. */
  function usable(pointer: Pointer, compileIt: () => ValidateFunction | undefined): ValidateFunction {
    try {
      const validate = compileIt();
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
        thorough ??= all.compile(pointer, direction);
        const checkAll = thorough;
        const isFine = sharingTime(() => checkAll(value) === true);
        return describe(isFine ? errors : (thorough.errors ?? errors), location);
      } catch (error) {
        if (error instanceof PieceError) usable(pointer, () => error.rethrow());
        if (error instanceof RangeError)
          return [{ location, code: 'depth', message: 'is nested too deeply' }];
        throw error;
      }
    };
  }

  /** Code that stops at the first error stands in as many blocks as a schema has properties, which can be too many. */
  function compile(pointer: Pointer, direction: MessageDirection): ValidateFunction {
    try {
      return first.compile(pointer, direction);
    } catch (error) {
      if (error instanceof SparringError && error.cause instanceof RangeError)
        return all.compile(pointer, direction);
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
    async prepare(pointer, direction) {
      for (const _ of prepareInSteps(pointer, direction)) await setImmediate();
    },
    prepareAtOnce(pointer, direction) {
      for (const _ of prepareInSteps(pointer, direction));
    },
  };

  function* prepareInSteps(pointer: Pointer, direction: MessageDirection): Generator<void> {
    compile(pointer, direction);
    yield;
    while (first.compilePiece(pointer)) yield;
    all.compile(pointer, direction);
    yield;
    while (all.compilePiece(pointer)) yield;
  }
}

interface Compiler {
  compile(pointer: Pointer, direction: MessageDirection): ValidateFunction;
  /** Compiles one of the pieces that wait for it, and says whether there was one; the pointer is that of a schema they belong to. */
  compilePiece(pointer: Pointer): boolean;
}

/** A piece could not be compiled when a value came to it. */
class PieceError extends Error {
  override readonly name = 'PieceError';

  rethrow(): never {
    throw this.cause;
  }
}

/** Checks a value by a piece, which is compiled for the first one. */
function checkByPiece(ajv: Ajv2020, id: string): SchemaValidateFunction {
  let piece: ValidateFunction | undefined;
  const check: SchemaValidateFunction = (value: unknown, place?: DataValidationCxt) => {
    try {
      piece ??= ajv.getSchema(id);
    } catch (cause) {
      throw new PieceError('A part of a schema cannot be compiled.', { cause });
    }
    if (!piece) throw new PieceError('A part of a schema is missing.');
    const isRight = piece(value, place) === true;
    check.errors = piece.errors ?? [];
    return isRight;
  };
  return check;
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
    // Longer lists are gone through rather than written out, which takes long to compile.
    loopEnum: 50,
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
  ajv.addKeyword({
    keyword: pieceKeyword,
    schemaType: 'string',
    compile: (id: string) => checkByPiece(ajv, id),
  });
  for (const [name, format] of Object.entries(ownFormats)) ajv.addFormat(name, format);
  return ajv;
}

const patternEngine = Object.assign((pattern: string) => boundedPattern(pattern), {
  // Asked for by Ajv for code that stands alone, which is not written here.
  code: 'boundedPattern',
});

function booleanSchema(schema: boolean): JsonObject {
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
