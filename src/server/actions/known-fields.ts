import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { RecordValue } from '../../model/record.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { recordPropertiesOf, requiredPropertiesOf } from '../../openapi/document/record-properties.ts';
import type { Resource } from '../../openapi/infer/infer-resources.ts';
import { sample } from '../../openapi/sample/sample.ts';
import { textOfPattern } from '../../openapi/sample/text-of-pattern.ts';
import type { Derivation } from '../../state/derivation.ts';
import { freeNumber } from '../../state/fresh-ids.ts';
import type { UnitCollection } from '../../state/unit-of-work.ts';

/** How a resource's fields come about. */
export interface KnownFields {
  /** The fields of a body that a caller may write. */
  pick(body: JsonObject): Record<string, unknown>;
  /** A whole record of the given fields: omitted ones by default, null or a sample, in the schema's order. */
  complete(given: RecordValue, derive: Derivation): RecordValue;
  /** What is left of a record that is replaced: its id, creation time and read-only fields, and the others at their defaults. */
  emptied(record: RecordValue): RecordValue;
}

interface Field {
  readonly name: string;
  /** Every object has something by that name, such as `constructor`. */
  readonly isInherited: boolean;
  readonly pointer: Pointer;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly nullable: boolean;
  /** Undefined: none. */
  readonly fallback: unknown;
}

export function knownFields(
  document: ApiDocument,
  resource: Resource,
  action: 'create' | 'update',
): KnownFields {
  const fields = fieldsOf(document, resource);
  const guarded = new Set([
    resource.timestamps?.created,
    resource.timestamps?.updated,
    action === 'update' ? resource.id : undefined,
  ]);
  const open = resource.schema !== undefined && isOpen(document, resource.schema);
  const writable = new Set(
    fields.filter(({ name, readOnly }) => !readOnly && !guarded.has(name)).map(({ name }) => name),
  );
  const isWritable = (name: string) =>
    writable.has(name) || (open && !fields.some((field) => field.name === name));
  return {
    pick(body) {
      const picked: Record<string, unknown> = {};
      for (const name of Object.keys(body)) {
        if (name !== '__proto__' && isWritable(name)) picked[name] = body[name];
      }
      return picked;
    },
    complete(given, derive) {
      const record: Record<string, unknown> = {};
      const names = Object.keys(given);
      let taken = 0;
      for (const field of fields) {
        const sent = field.isInherited && !Object.hasOwn(given, field.name) ? undefined : given[field.name];
        if (sent !== undefined) taken += 1;
        const value = sent === undefined ? omitted(document, field, derive) : sent;
        if (value !== undefined) record[field.name] = value;
      }
      if (taken === names.length) return record;
      for (const name of names) if (!Object.hasOwn(record, name)) record[name] = given[name];
      return record;
    },
    emptied(former) {
      const record: Record<string, unknown> = {};
      for (const { fallback, name, nullable, required } of fields) {
        if (!writable.has(name) && Object.hasOwn(former, name)) record[name] = former[name];
        else if (fallback !== undefined) record[name] = fallback;
        else if (required) record[name] = nullable ? null : former[name];
      }
      return record;
    },
  };
}

function omitted(
  document: ApiDocument,
  { fallback, nullable, pointer, name, required }: Field,
  derive: Derivation,
): unknown {
  if (fallback !== undefined) return fallback;
  if (!required) return undefined;
  return nullable ? null : sample(document, pointer, derive, name);
}

function fieldsOf(document: ApiDocument, { defaults = {}, schema }: Resource): readonly Field[] {
  if (schema === undefined) return [];
  const required = requiredPropertiesOf(document, schema);
  return [...recordPropertiesOf(document, schema)].map(([name, pointer]) => {
    const node = objectOrEmpty(document.resolve(pointer)?.node);
    const types: unknown[] = Array.isArray(node.type) ? node.type : [node.type];
    return {
      name,
      isInherited: name in Object.prototype,
      pointer,
      required: required.has(name),
      readOnly: node.readOnly === true,
      nullable: types.includes('null') || (Array.isArray(node.enum) && node.enum.includes(null)),
      fallback: Object.hasOwn(defaults, name) ? defaults[name] : node.default,
    };
  });
}

/** Whether records may hold more than the schema names. */
function isOpen(document: ApiDocument, schema: Pointer): boolean {
  const { additionalProperties } = objectOrEmpty(document.resolve(schema)?.node);
  return additionalProperties === true || isObject(additionalProperties);
}

/** Makes ids by the id field's schema: a UUID, the next whole number, or text. */
export function createIdMaker(
  document: ApiDocument,
  resource: Resource,
): (derive: Derivation, records: UnitCollection) => string | number {
  const pointer =
    resource.schema === undefined
      ? undefined
      : recordPropertiesOf(document, resource.schema).get(resource.id);
  const node = pointer === undefined ? {} : objectOrEmpty(document.resolve(pointer)?.node);
  const types: unknown[] = Array.isArray(node.type) ? node.type : [node.type];
  if (types.includes('integer') || types.includes('number')) return (_, records) => freeNumber(records);
  const { format, maxLength, minLength, pattern } = node;
  const make = typeof pattern === 'string' ? textOfPattern(pattern) : undefined;
  if (make)
    return (derive) => make((index, below) => derive.integer(`${resource.id}.${index}`, 0, below - 1));
  const length =
    typeof maxLength === 'number' && maxLength < 36
      ? maxLength
      : typeof minLength === 'number' && minLength > 36
        ? minLength
        : undefined;
  if (format === 'uuid' || length === undefined) return (derive) => derive.uuid(resource.id);
  return (derive) => derive.text(resource.id, length);
}
