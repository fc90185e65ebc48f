import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import { requiredPropertiesOf } from '../document/record-properties.ts';
import { listItemsAt, schemaFields, schemaTypes } from '../document/schema-fields.ts';
import type { SampleSource } from '../sample/sample.ts';
import { validSample } from '../sample/valid-sample.ts';
import type { Validators } from '../schema/validators.ts';

/** What the schemas of one document make of values that break them. */
export interface Mending {
  readonly document: ApiDocument;
  readonly validators: Validators;
  readonly source: SampleSource;
  /** Told of each part that could not stay as it was: where it stands, and what became of it. */
  readonly note: (field: string, what: string) => void;
}

const deepest = 12;

/**
 * A value that the schema allows, as near to the given one as can be: what is missing is a sample, what does not fit is made to
 * fit (an id where an object is shown becomes that object), else replaced or left out. What fits stays as it is.
 */
export function mendValue(
  mending: Mending,
  schema: Pointer,
  value: unknown,
  field: string,
  depth = 0,
): unknown {
  if (isFine(mending, schema, value)) return value;
  const tried = depth > deepest ? undefined : attempt(mending, schema, value, field, depth);
  if (tried !== undefined && isFine(mending, schema, tried)) {
    if (typeof tried !== 'object' && value !== undefined)
      mending.note(field, `was written in another way: ${JSON.stringify(tried)}`);
    return tried;
  }
  const { document, note, source, validators } = mending;
  if (value !== undefined) note(field, 'was replaced by a sample, since it breaks its schema');
  const sampled = validSample(document, validators, schema, source, field);
  return isObject(value) && isObject(sampled) ? overlaid(mending, schema, sampled, value) : sampled;
}

function isFine({ validators }: Mending, schema: Pointer, value: unknown): boolean {
  return value !== undefined && validators.validate(schema, value, 'response', 'value').length === 0;
}

/** As much of a value as a valid sample can take over without breaking its schema. */
function overlaid(mending: Mending, schema: Pointer, sampled: JsonObject, value: JsonObject): JsonObject {
  let best = sampled;
  for (const [name, part] of Object.entries(value)) {
    const next = { ...best, [name]: part };
    if (isFine(mending, schema, next)) best = next;
  }
  return best;
}

function attempt(mending: Mending, schema: Pointer, value: unknown, field: string, depth: number): unknown {
  const { document } = mending;
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node)) return undefined;
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = found.node[keyword];
    const parts = Array.isArray(branches) ? [...branches.keys()] : [];
    const whole = branchesOf(
      mending,
      parts.map((index) => pointerTo(found.pointer, keyword, index)),
      value,
      field,
      depth,
    );
    if (whole !== undefined && isFine(mending, schema, whole)) return whole;
  }
  const types = schemaTypes(document, schema);
  const items = listItemsAt(document, schema);
  if (Array.isArray(value) && items !== undefined)
    return value.map((item, index) => mendValue(mending, items, item, `${field}.${index}`, depth + 1));
  if (isObject(value))
    return types.has('object')
      ? mendedObject(mending, schema, value, field, depth)
      : scalarOf(mending, schema, value);
  if (value === null || value === undefined) return undefined;
  if (items !== undefined) return [mendValue(mending, items, value, `${field}.0`, depth + 1)];
  if (types.has('object')) return objectOf(mending, schema, value, field, depth);
  return otherwiseWritten(mending, schema, value);
}

/** The branch that keeps most of a value. */
function branchesOf(
  mending: Mending,
  branches: readonly Pointer[],
  value: unknown,
  field: string,
  depth: number,
): unknown {
  const quiet = { ...mending, note: () => undefined };
  const kept = (made: unknown) =>
    isObject(made) && isObject(value)
      ? Object.keys(value).filter((name) => made[name] === value[name]).length
      : Number(made === value);
  let best: { readonly made: unknown; readonly kept: number } | undefined;
  for (const branch of branches) {
    const made = mendValue(quiet, branch, value, field, depth + 1);
    if (!best || kept(made) > best.kept) best = { made, kept: kept(made) };
  }
  return best?.made;
}

function mendedObject(
  mending: Mending,
  schema: Pointer,
  value: JsonObject,
  field: string,
  depth: number,
): JsonObject {
  const { document, note, source, validators } = mending;
  const fields = schemaFields(document, schema);
  const required = requiredPropertiesOf(document, schema);
  const mended: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    const at = fields.get(name);
    if (at === undefined || isFine(mending, at, part)) mended[name] = part;
    else if (part === null && !required.has(name))
      note(`${field}.${name}`, 'was left out, since it cannot be null');
    else mended[name] = mendValue(mending, at, part, `${field}.${name}`, depth + 1);
  }
  for (const name of required) {
    const at = fields.get(name);
    if (!Object.hasOwn(mended, name) && at !== undefined)
      mended[name] = validSample(document, validators, at, source, name);
  }
  if (isFine(mending, schema, mended)) return mended;
  // What a closed schema does not name has no place; then what is optional is tried without.
  for (const name of Object.keys(mended)) {
    if (required.has(name) || (fields.has(name) && isFine(mending, fields.get(name) ?? '', mended[name])))
      continue;
    note(`${field}.${name}`, 'was left out, since it breaks its schema');
    delete mended[name];
  }
  return mended;
}

/** The names under which an object is known by a text or a number. */
const keyNames = /^(?:id|_id|uuid|key|code|slug|name|login|username|email|value|title|label|url|href)$/i;

/** An object that is known by a text or number: it stands where the object names itself. */
function objectOf(mending: Mending, schema: Pointer, value: unknown, field: string, depth: number): unknown {
  const { document } = mending;
  const names = [...schemaFields(document, schema)].filter(
    ([name, at]) => keyNames.test(name) || (/id$/i.test(name) && isFine(mending, at, value)),
  );
  const rank = ([name]: readonly [string, Pointer]) =>
    ['id', 'name', 'slug', 'code', 'key'].indexOf(name) + 1 || 99;
  const found = names.toSorted((a, b) => rank(a) - rank(b)).find(([, at]) => isFine(mending, at, value));
  return found && mendedObject(mending, schema, { [found[0]]: value }, field, depth + 1);
}

/** What an object is known by, where only that is shown. */
function scalarOf(mending: Mending, schema: Pointer, value: JsonObject): unknown {
  const known = Object.keys(value).filter((name) => keyNames.test(name));
  return known.map((name) => value[name]).find((part) => isFine(mending, schema, part));
}

/** A number as text, or a text that is a number. */
function otherwiseWritten(mending: Mending, schema: Pointer, value: unknown): unknown {
  const forms = [
    String(value),
    typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined,
    value === 'true',
  ];
  return forms.find((form) => form !== undefined && isFine(mending, schema, form));
}
