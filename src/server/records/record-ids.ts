import { ExactNumber } from '../../json/exact-number.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { childOf, type Pointer } from '../../json/json-pointer.ts';
import type { RecordValue } from '../../model/record.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { schemaFields, schemaTypes } from '../../openapi/document/schema-fields.ts';
import type { Resource } from '../../openapi/infer/infer-resources.ts';
import { sample } from '../../openapi/sample/sample.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import type { Derivation } from '../../state/derivation.ts';
import { freeNumber } from '../../state/fresh-ids.ts';
import type { UnitCollection } from '../../state/unit-of-work.ts';

/** How the records of one resource are named. */
export interface RecordIds {
  /** The id in some fields of a record; undefined where there is none. */
  idIn(value: RecordValue): string | number | undefined;
  /** An id that no record has, and that the paths of the resource take. */
  next(derive: Derivation, records: Pick<UnitCollection, 'get' | 'nextOrdinal'>): string | number;
  /** An id as a record shows it: a number where its schema says so. */
  shown(id: string | number): string | number;
}

/** Where the schema of the id in a record stands. */
export function idSchemaOf(document: ApiDocument, { open, schema }: Resource): Pointer | undefined {
  let at = schema;
  for (const key of open?.idAt ?? []) at = at === undefined ? undefined : schemaFields(document, at).get(key);
  return at === schema ? undefined : at;
}

export function recordIds(document: ApiDocument, validators: Validators, resource: Resource): RecordIds {
  const idAt = resource.open?.idAt ?? [resource.id];
  const own = idSchemaOf(document, resource);
  const schemas = [own, ...(resource.open?.idSchemas ?? [])].filter((schema) => schema !== undefined);
  const isNumber = (schema: Pointer) => {
    const types = schemaTypes(document, schema);
    return (types.has('integer') || types.has('number')) && !types.has('string');
  };
  const fits = (id: string | number) =>
    schemas.every((schema) => {
      const forms = isNumber(schema) ? [Number(id)] : [String(id), id];
      return forms.some((form) => validators.validate(schema, form, 'request', 'id').length === 0);
    });
  const isCounted = schemas.some(isNumber);
  const lengths = lengthsOf(document, schemas);
  return {
    idIn(value) {
      if (idAt.length === 0) return undefined;
      const found = idAt.reduce<unknown>((part, key) => childOf(part, key), value);
      if (found instanceof ExactNumber) return String(found);
      return typeof found === 'string' || typeof found === 'number' ? found : undefined;
    },
    next(derive, records) {
      if (isCounted) {
        const first = freeNumber(records);
        if (fits(first)) return first;
        const least = Math.max(
          0,
          ...schemas.map((schema) => Number(objectOrEmpty(document.resolve(schema)?.node).minimum ?? 0)),
        );
        return freeNumber(records, Math.max(first, least));
      }
      const made = [
        ...schemas
          .filter((schema) => hasForm(document, schema))
          .map((schema) => () => sampledId(document, schema, derive)),
        () => derive.uuid('id'),
        ...lengths.map((length) => () => derive.text('id', length)),
        () => derive.text('id', 8, '0123456789'),
      ];
      for (const make of made) {
        const id = make();
        if (typeof id === 'string' && id !== '' && fits(id) && !records.get(id)) return id;
      }
      return derive.uuid('id');
    },
    shown: (id) => (own !== undefined && isNumber(own) ? Number(id) : own === undefined ? id : String(id)),
  };
}

/** Whether a schema says what an id is like, beyond its length. */
function hasForm(document: ApiDocument, schema: Pointer): boolean {
  const { format, ...node } = objectOrEmpty(document.resolve(schema)?.node);
  return (
    (format !== undefined && format !== 'uuid') ||
    ['pattern', 'allOf', 'oneOf', 'anyOf', 'enum'].some((keyword) => node[keyword] !== undefined)
  );
}

/** Lengths that schemas ask for, where a UUID has another. */
function lengthsOf(document: ApiDocument, schemas: readonly Pointer[]): readonly number[] {
  const lengths = schemas.flatMap((schema) => {
    const { maxLength, minLength } = objectOrEmpty(document.resolve(schema)?.node);
    return [maxLength, minLength].filter(
      (length) => typeof length === 'number' && length > 0 && length < 256,
    );
  });
  return [...lengths.filter((length) => typeof length === 'number'), 12];
}

/** A text of the schema's own form: examples are passed over, since they are one record's. */
function sampledId(document: ApiDocument, schema: Pointer, derive: Derivation): unknown {
  return sample(document, schema, derive, 'id', { full: true, varied: true, unshown: true });
}
