import { type ExactNumber, exactNumberOf } from '../../json/exact-number.ts';
import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import { withValueAt } from '../../json/with-value-at.ts';
import type { RecordValue } from '../../model/record.ts';
import { mendValue } from '../../openapi/answer/mend-value.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { requiredPropertiesOf } from '../../openapi/document/record-properties.ts';
import { schemaFields, schemaTypes } from '../../openapi/document/schema-fields.ts';
import { withoutWriteOnly } from '../../openapi/document/without-write-only.ts';
import type { Resource, ResourceModel } from '../../openapi/infer/infer-resources.ts';
import { sample } from '../../openapi/sample/sample.ts';
import { forgivingValidators } from '../../openapi/schema/forgiving-validators.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import { createDerivation, type Derivation } from '../../state/derivation.ts';
import { StoredRecord } from '../../state/stored-record.ts';
import type { UnitCollection } from '../../state/unit-of-work.ts';
import { type RecordIds, recordIds } from './record-ids.ts';
import { relateRecord } from './relate-record.ts';
import { shownRecords } from './shown-records.ts';
import { timestampOf } from './timestamp-of.ts';

/** Makes the records of a document of one's own: those a client asks for, those a collection begins with, those of an id alone. */
export interface RecordMaker {
  /** Whether an id that nothing has made is a record made of it, rather than unknown. */
  isLenient(resource: Pick<Resource, 'open'>): boolean;
  idOf(resource: Resource, value: RecordValue): string | number | undefined;
  newId(
    resource: Resource,
    derive: Derivation,
    records: Pick<UnitCollection, 'get' | 'nextOrdinal'>,
  ): string | number;
  asId(resource: Resource, id: string | number): string | number | ExactNumber;
  /** A whole record of the fields that were given. */
  complete(resource: Resource, given: RecordValue, derive: Derivation, now: number): RecordValue;
  /** A changed record whose required fields that are lost are as they were. */
  completeChanged(
    resource: Resource,
    value: RecordValue,
    former: RecordValue,
    derive: Derivation,
  ): RecordValue;
  /** A record made of its id; the same each time. */
  madeOf(resource: Resource, id: string, fields: RecordValue): StoredRecord;
  /** The records that a collection begins with, oldest first. */
  seeds(resource: Resource, seed: number, now: number): readonly RecordValue[];
  /** Whether a record was there before anybody made one. */
  isSeeded(resource: Resource, record: StoredRecord): boolean;
}

export interface RecordMakerOptions {
  readonly document: ApiDocument;
  readonly model: ResourceModel;
  readonly validators: Validators;
  readonly strictIds: boolean;
  /** Whether collections that a client can fill begin with records as well. */
  readonly fills: boolean;
  /** How many records a collection begins with. */
  readonly count: (resource: Resource) => number;
}

/** What samples count their times back from where no clock is asked. */
const sampleTime = Date.UTC(2026, 0, 1);
const day = 86_400_000;
/** Something that happened to a record, and mostly has not. */
const laterEvent =
  /(?:deleted|cancell?ed|archived|closed|completed|finished|ended|expired|revoked|returned|disabled|deactivated|failed|refunded|locked|suspended|resolved|rejected|last\w*)(?:_?(?:at|on|date|time))?$/i;

export function createRecordMaker(options: RecordMakerOptions): RecordMaker {
  const { count, document, fills, model, strictIds } = options;
  const validators = forgivingValidators(options.validators);
  const kept = new WeakMap<Resource, RecordIds>();
  const idsOf = (resource: Resource) => {
    let ids = kept.get(resource);
    if (!ids) {
      ids = recordIds(document, validators, resource);
      kept.set(resource, ids);
    }
    return ids;
  };

  function seedIds(resource: Resource, seed: number): readonly (string | number)[] {
    const ids = idsOf(resource);
    const shown = shownRecords(document, model, resource);
    const found = new Set<string>();
    const list: (string | number)[] = [];
    const add = (id: string | number | undefined) => {
      if (id === undefined || found.has(String(id))) return;
      found.add(String(id));
      list.push(ids.shown(id));
    };
    for (const record of shown.records) add(ids.idIn(record));
    for (const id of shown.ids) add(id);
    const wanted = count(resource);
    for (let index = 0; list.length < wanted && index < 4 * wanted + 4; index += 1) {
      const records = { get: (id: string) => (found.has(id) ? taken : undefined), nextOrdinal: list.length };
      add(ids.next(createDerivation(seed, document.name, resource.collection, `seed ${index}`), records));
    }
    return list.slice(0, Math.max(wanted, 0));
  }

  /** The id of a record of another collection: each is named in turn, so that all of them have something. */
  function idFor(collection: string, seed: number, turn: number): string | number | undefined {
    const resource = model.resources.get(collection);
    const ids = resource ? seedIds(resource, seed) : [];
    return ids[turn % Math.max(ids.length, 1)];
  }

  function plausible(
    resource: Resource,
    derive: Derivation,
    {
      age,
      now,
      seed,
      turn,
    }: { readonly now: number; readonly seed: number; readonly age: number; readonly turn: number },
  ): RecordValue {
    const { collection, schema } = resource;
    if (schema === undefined) return {};
    const made = sample(document, schema, derive, collection, {
      full: true,
      varied: true,
      validators,
      plausible: now,
    });
    if (!isObject(made)) return {};
    const related = relateRecord({
      document,
      model,
      resource,
      value: made,
      idFor: (other) => idFor(other, seed, turn),
    });
    return withTimes(resource, withoutEvents(resource, related), now - age, now, derive);
  }

  /** Without what has not happened yet, as far as it may be left out. */
  function withoutEvents({ schema }: Resource, value: RecordValue): RecordValue {
    if (schema === undefined) return value;
    const fields = schemaFields(document, schema);
    const required = requiredPropertiesOf(document, schema);
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, part]) => {
        const at = fields.get(name);
        if (at === undefined || !laterEvent.test(name) || typeof part !== 'string' || !/^\d{4}-/.test(part))
          return [[name, part]];
        if (schemaTypes(document, at).has('null')) return [[name, null]];
        return required.has(name) ? [[name, part]] : [];
      }),
    );
  }

  function withTimes(
    { timestamps }: Resource,
    value: RecordValue,
    created: number,
    now: number,
    derive: Derivation,
  ): RecordValue {
    if (!timestamps) return value;
    const changed = created + Math.floor((now - created) * derive.fraction('updated') * 0.5);
    const times: Record<string, unknown> = {};
    const put = (field: string | undefined, time: number) => {
      if (field !== undefined) times[field] = timestampOf(timestamps.unit, time);
    };
    put(timestamps.created, created);
    put(timestamps.updated, changed);
    return { ...value, ...times };
  }

  /** The value where its schema takes it, else what is nearest to it. */
  function valid(resource: Resource, value: RecordValue, derive: Derivation): RecordValue {
    const { collection, schema } = resource;
    if (schema === undefined) return value;
    const shown = withoutWriteOnly(document, schema, value);
    const mended = mendValue(
      { document, validators, source: derive, note: () => undefined },
      schema,
      shown,
      collection,
    );
    return isObject(mended) ? mended : value;
  }

  function withId(resource: Resource, value: RecordValue, id: string | number): RecordValue {
    const { idAt = [resource.id], kind } = resource.open ?? {};
    if (idAt.length === 0 || kind === 'singleton') return value;
    const named = withValueAt(value, idAt, id);
    return isObject(named) ? named : value;
  }

  return {
    isLenient: ({ open }) => !strictIds && open !== undefined && (!open.isCreated || fills),
    idOf: (resource, value) => idsOf(resource).idIn(value),
    newId: (resource, derive, records) => idsOf(resource).next(derive, records),
    asId(resource, id) {
      const shown = idsOf(resource).shown(id);
      return typeof shown === 'number' ? exactNumberOf(String(id), shown) : shown;
    },
    complete(resource, given, derive, now) {
      const { collection, defaults = {}, schema, timestamps } = resource;
      if (schema === undefined) return given;
      const required = requiredPropertiesOf(document, schema);
      const value: Record<string, unknown> = {};
      for (const [name, at] of schemaFields(document, schema)) {
        const node = objectOrEmpty(document.resolve(at)?.node);
        const types = schemaTypes(document, at);
        const fallback = Object.hasOwn(defaults, name) ? defaults[name] : node.default;
        if (Object.hasOwn(given, name) && given[name] !== undefined) value[name] = given[name];
        else if (name === '__proto__' || node.writeOnly === true) continue;
        else if (fallback !== undefined) value[name] = fallback;
        else if (types.has('null')) {
          if (required.has(name)) value[name] = null;
        } else if (required.has(name) || isServers(node, types, name))
          value[name] = sample(document, at, derive, `${collection}.${name}`, { validators, plausible: now });
      }
      for (const name of Object.keys(given)) if (!Object.hasOwn(value, name)) value[name] = given[name];
      for (const field of [timestamps?.created, timestamps?.updated])
        if (field !== undefined) value[field] = timestampOf(timestamps?.unit, now);
      return valid(resource, value, derive);
    },
    completeChanged(resource, value, former, derive) {
      const { schema } = resource;
      if (schema === undefined) return value;
      const lost = [...requiredPropertiesOf(document, schema)].filter(
        (name) => !Object.hasOwn(value, name) && Object.hasOwn(former, name),
      );
      const whole = { ...value, ...Object.fromEntries(lost.map((name) => [name, former[name]])) };
      return valid(resource, whole, derive);
    },
    madeOf(resource, id, fields) {
      const derive = createDerivation(document.name, resource.collection, `id ${id}`);
      const age = derive.integer('age', 1, 90) * day;
      const shown = shownRecords(document, model, resource).records;
      const same = shown.find((record) => String(idsOf(resource).idIn(record)) === id);
      const only = resource.open?.kind === 'singleton' ? shown[0] : undefined;
      const base =
        same ??
        only ??
        plausible(resource, derive, { now: sampleTime, seed: 1, age, turn: derive.integer('turn', 0, 99) });
      const value = withId(resource, { ...base, ...fields }, idsOf(resource).shown(id));
      return new StoredRecord(id, -1, valid(resource, value, derive));
    },
    seeds(resource, seed, now) {
      const shown = shownRecords(document, model, resource).records;
      const ids = seedIds(resource, seed);
      return ids.map((id, index) => {
        const derive = createDerivation(seed, document.name, resource.collection, `seed ${index}`);
        const age = (ids.length - index) * 7 * day - derive.integer('age', 0, 5 * day);
        const same = shown.find((record) => String(idsOf(resource).idIn(record)) === String(id));
        const value = withId(
          resource,
          same ?? plausible(resource, derive, { now, seed, age, turn: index }),
          id,
        );
        return valid(resource, value, derive);
      });
    },
    isSeeded: (resource, { ordinal }) => ordinal < count(resource),
  };
}

const taken = new StoredRecord('', -1, {});

/** Whether the server fills a property that may be left out: one that it alone writes. */
function isServers(
  node: Readonly<Record<string, unknown>>,
  types: ReadonlySet<string>,
  name: string,
): boolean {
  return node.readOnly === true && !types.has('object') && !types.has('array') && !laterEvent.test(name);
}
