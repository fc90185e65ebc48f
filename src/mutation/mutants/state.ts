import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { Action } from '../../openapi/document/extension.ts';
import { recordPropertiesOf, requiredPropertiesOf } from '../../openapi/document/record-properties.ts';
import type { BehaviourContext } from '../../providers/model/provider.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import { StoredRecord } from '../../state/stored-record.ts';
import type { UnitCollection } from '../../state/unit-of-work.ts';
import { alterUnit, viewCollections } from './alter-answers.ts';
import type { MutantOperator, MutationSubject } from './mutant.ts';
import { looksAfter, resourceOf, roleOf, siblings } from './roles.ts';
import { jsonOf, type Script, type WitnessRequest, withJson } from './script.ts';

/** A collection as a faulty operation sees it. */
interface View {
  readonly inner: UnitCollection;
  readonly name: string;
  readonly idField: string;
  readonly api: ServedApi;
  readonly context: BehaviourContext;
  /** The members of the request's body. */
  readonly given: JsonObject;
  readonly role: Action | undefined;
  /** What the mutant remembers of a namespace, by text. */
  readonly memory: Map<string, StoredRecord>;
}

interface StateFault {
  readonly id: string;
  readonly fault: string;
  /** The operation that is wrong. */
  readonly role: Action;
  readonly methods?: readonly string[];
  /** Other operations on the same records that the fault must know of, or shows in. */
  readonly with?: readonly Action[];
  readonly view: (view: View) => Partial<UnitCollection>;
  /** What shows it, behind what leads to the script's request; default: the request, then what shows its record. */
  readonly witness?: (subject: MutationSubject, script: Script) => readonly WitnessRequest[] | undefined;
}

const unstored = (id: string, inner: UnitCollection, value: RecordValue) =>
  new StoredRecord(id, inner.get(id)?.ordinal ?? inner.nextOrdinal, value);

const another = (inner: UnitCollection, id: string) => inner.list().findLast((record) => record.id !== id);

/** The body's fields that are not the id. */
function fieldsGiven({ given, idField }: View): JsonObject {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== idField));
}

/** Another id of the same form, free in the collection. */
function freeId(inner: UnitCollection, value: RecordValue, idField: string): string | number {
  const id = value[idField];
  if (typeof id === 'number')
    return Math.max(...inner.list().map((record) => Number(record.value[idField]))) + 1;
  const text = String(id);
  const digits = '0123456789abcdef';
  for (const digit of digits) {
    const candidate = `${text.slice(0, -1)}${digit}`;
    if (!inner.get(candidate)) return candidate;
  }
  return `${text}0`;
}

function textField(value: RecordValue, idField: string, given: JsonObject = value): string | undefined {
  return Object.keys(given).findLast(
    (name) => name !== idField && typeof value[name] === 'string' && /[a-z]/.test(String(value[name])),
  );
}

function readOnlyFields(api: ServedApi, operation: Operation): readonly string[] {
  const resource = resourceOf(api, operation);
  if (resource?.schema === undefined) return [];
  return [...recordPropertiesOf(api.document, resource.schema)].flatMap(([name, pointer]) =>
    objectOrEmpty(api.document.resolve(pointer)?.node).readOnly === true && name !== resource.id
      ? [name]
      : [],
  );
}

/** A value of the same kind as one that only the server sets. */
function another1(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return value.replace(/^\d{4}/, '2001');
  return /^[0-9a-f-]{36}$/.test(value) ? value.replace(/.$/, value.endsWith('0') ? '1' : '0') : `${value}x`;
}

const faults: readonly StateFault[] = [
  {
    id: 'update-not-stored',
    fault: 'An update is answered as done and not stored.',
    role: 'update',
    view: ({ inner }) => ({ replace: (id, value) => unstored(id, inner, value) }),
  },
  {
    id: 'update-answers-former',
    fault: 'An update is stored and answered with the record as it was.',
    role: 'update',
    view: ({ inner }) => ({
      replace(id, value) {
        const former = inner.get(id);
        const stored = inner.replace(id, value);
        return former ?? stored;
      },
    }),
  },
  {
    id: 'update-loses-field',
    fault: 'Of several fields in an update, the last is not stored.',
    role: 'update',
    view: (view) => ({
      replace(id, value) {
        const former = view.inner.get(id)?.value ?? {};
        const last = Object.keys(fieldsGiven(view)).findLast(
          (name) => name in value && value[name] !== former[name],
        );
        if (last === undefined) return view.inner.replace(id, value);
        const { [last]: _, ...kept } = value;
        view.inner.replace(id, last in former ? { ...kept, [last]: former[last] } : kept);
        return unstored(id, view.inner, value);
      },
    }),
  },
  {
    id: 'update-clears-others',
    fault: 'A partial update clears the optional fields it does not name.',
    role: 'update',
    methods: ['patch'],
    view: (view) => ({
      replace(id, value) {
        const schema = view.api.model.resources.get(view.name)?.schema;
        const required =
          schema === undefined ? new Set<string>() : requiredPropertiesOf(view.api.document, schema);
        const kept = Object.entries(value).filter(
          ([name]) => name === view.idField || name in view.given || required.has(name),
        );
        return view.inner.replace(id, Object.fromEntries(kept));
      },
    }),
    witness: (subject, script) => {
      const [first] = Object.entries(objectOrEmpty(jsonOf(script.request)));
      if (!first) return undefined;
      return [withJson(script.request, Object.fromEntries([first])), ...looksAfter(subject, script)];
    },
  },
  {
    id: 'put-merges',
    fault: 'A PUT leaves standing what it does not name.',
    role: 'update',
    methods: ['put'],
    view: ({ inner }) => ({
      replace: (id, value) => inner.replace(id, { ...inner.get(id)?.value, ...value }),
    }),
    witness: (subject, script) => {
      const body = jsonOf(script.request);
      const schema = script.operation.requestBody?.mediaTypes[0]?.schema;
      if (!isObject(body) || schema === undefined) return undefined;
      const required = requiredPropertiesOf(subject.api.document, schema);
      const least = Object.entries(body).filter(([name]) => required.has(name));
      return [
        script.request,
        withJson(script.request, Object.fromEntries(least)),
        ...looksAfter(subject, script),
      ];
    },
  },
  {
    id: 'update-hits-another',
    fault: 'An update changes another record in the place of its own.',
    role: 'update',
    view: (view) => ({
      replace(id, value) {
        const other = another(view.inner, id);
        if (!other) return view.inner.replace(id, value);
        view.inner.replace(other.id, { ...other.value, ...fieldsGiven(view) });
        return unstored(id, view.inner, value);
      },
    }),
  },
  {
    id: 'update-spreads',
    fault: 'An update changes another record as well.',
    role: 'update',
    view: (view) => ({
      replace(id, value) {
        const other = another(view.inner, id);
        if (other) view.inner.replace(other.id, { ...other.value, ...fieldsGiven(view) });
        return view.inner.replace(id, value);
      },
    }),
  },
  {
    id: 'update-sets-read-only',
    fault: 'An update changes a field that only the server sets, and that stays as it is.',
    role: 'update',
    view: (view) => ({
      replace(id, value) {
        const created = view.api.model.resources.get(view.name)?.timestamps?.created;
        if (created === undefined) return view.inner.replace(id, value);
        return view.inner.replace(id, { ...value, [created]: another1(value[created]) });
      },
    }),
  },
  {
    id: 'read-only-writable',
    fault: 'A client may set what is read-only.',
    role: 'update',
    view: (view) => {
      const names = readOnlyFields(view.api, view.context.operation);
      const taken = (value: RecordValue) => ({
        ...value,
        ...Object.fromEntries(
          names.flatMap((name) => (name in view.given ? [[name, view.given[name]]] : [])),
        ),
      });
      return { replace: (id, value) => view.inner.replace(id, taken(value)) };
    },
    witness: (subject, script) => withReadOnly(subject, script),
  },
  {
    id: 'read-only-creatable',
    fault: 'A client may set what is read-only when it creates a record.',
    role: 'create',
    view: (view) => {
      const names = readOnlyFields(view.api, view.context.operation);
      const taken = (value: RecordValue) => ({
        ...value,
        ...Object.fromEntries(
          names.flatMap((name) => (name in view.given ? [[name, view.given[name]]] : [])),
        ),
      });
      return { insert: (id, value) => view.inner.insert(id, taken(value)) };
    },
    witness: (subject, script) => withReadOnly(subject, script),
  },
  {
    id: 'create-not-stored',
    fault: 'A record is answered as created and not stored.',
    role: 'create',
    view: ({ inner }) => ({ insert: (id, value) => new StoredRecord(id, inner.takeOrdinal(), value) }),
  },
  {
    id: 'create-twice',
    fault: 'A creation stores two records.',
    role: 'create',
    view: ({ idField, inner }) => ({
      insert(id, value) {
        const record = inner.insert(id, value);
        const free = freeId(inner, value, idField);
        inner.insert(String(free), { ...value, [idField]: free });
        return record;
      },
    }),
  },
  {
    id: 'create-second-lost',
    fault: 'Every second record is answered as created and not stored.',
    role: 'create',
    view: ({ inner, memory, name }) => ({
      insert(id, value) {
        const key = `second ${name}`;
        const isSecond = memory.delete(key);
        if (isSecond) return new StoredRecord(id, inner.takeOrdinal(), value);
        const record = inner.insert(id, value);
        memory.set(key, record);
        return record;
      },
    }),
    witness: (subject, script) => [script.request, varied(script.request), ...looksAfter(subject, script)],
  },
  {
    id: 'create-overwrites',
    fault: 'A creation overwrites the record created before.',
    role: 'create',
    view: ({ idField, inner, memory, name }) => ({
      insert(id, value) {
        const former = memory.get(`created ${name}`);
        if (former && inner.get(former.id))
          return inner.replace(former.id, { ...value, [idField]: former.value[idField] });
        const record = inner.insert(id, value);
        memory.set(`created ${name}`, record);
        return record;
      },
    }),
    witness: (subject, script) => [script.request, varied(script.request), ...looksAfter(subject, script)],
  },
  {
    id: 'create-loses-field',
    fault: 'A field that was sent is answered and not stored.',
    role: 'create',
    view: (view) => ({
      insert(id, value) {
        const names = Object.keys(fieldsGiven(view)).filter((name) => name in value && value[name] !== null);
        const last = names.at(-1);
        if (last === undefined) return view.inner.insert(id, value);
        const { [last]: _, ...kept } = value;
        const record = view.inner.insert(id, kept);
        return new StoredRecord(id, record.ordinal, value);
      },
    }),
  },
  {
    id: 'create-alters-field',
    fault: 'A text that was sent is stored in upper case.',
    role: 'create',
    view: (view) => ({
      insert(id, value) {
        const name = textField(value, view.idField, view.given);
        if (name === undefined) return view.inner.insert(id, value);
        return view.inner.insert(id, { ...value, [name]: String(value[name]).toUpperCase() });
      },
    }),
  },
  {
    id: 'create-unreadable',
    fault: 'What was created cannot be read.',
    role: 'create',
    with: ['read'],
    view: ({ inner, memory, name, role }) =>
      role === 'create'
        ? {
            insert(id, value) {
              const record = inner.insert(id, value);
              memory.set(`${name} ${id}`, record);
              return record;
            },
          }
        : { get: (id) => (memory.has(`${name} ${id}`) ? undefined : inner.get(id)) },
  },
  {
    id: 'create-unlisted',
    fault: 'What was created is not listed.',
    role: 'create',
    with: ['list'],
    view: ({ inner, memory, name, role }) =>
      role === 'create'
        ? {
            insert(id, value) {
              const record = inner.insert(id, value);
              memory.set(`${name} ${id}`, record);
              return record;
            },
          }
        : { list: () => inner.list().filter(({ id }) => !memory.has(`${name} ${id}`)) },
  },
  {
    id: 'read-another',
    fault: 'Another record is read than the one asked for.',
    role: 'read',
    view: ({ inner }) => ({
      get: (id) => (inner.get(id) ? (another(inner, id) ?? inner.get(id)) : undefined),
    }),
  },
  {
    id: 'read-changes',
    fault: 'Reading a record changes it.',
    role: 'read',
    view: ({ idField, inner }) => ({
      get(id) {
        const record = inner.get(id);
        const name = record && textField(record.value, idField);
        if (record && name !== undefined)
          inner.replace(id, { ...record.value, [name]: `${record.value[name]}.` });
        return record;
      },
    }),
    witness: (_, script) => [script.request, script.request],
  },
  {
    id: 'read-stale',
    fault: 'A record is read as it was before its last update.',
    role: 'update',
    with: ['read'],
    view: ({ inner, memory, name, role }) =>
      role === 'update'
        ? {
            replace(id, value) {
              const former = inner.get(id);
              if (former) memory.set(`${name} ${id}`, former);
              return inner.replace(id, value);
            },
          }
        : { get: (id) => (inner.get(id) ? (memory.get(`${name} ${id}`) ?? inner.get(id)) : undefined) },
  },
  {
    id: 'list-stale',
    fault: 'A record is listed as it was before its last update.',
    role: 'update',
    with: ['list'],
    view: ({ inner, memory, name, role }) =>
      role === 'update'
        ? {
            replace(id, value) {
              const former = inner.get(id);
              if (former) memory.set(`${name} ${id}`, former);
              return inner.replace(id, value);
            },
          }
        : { list: () => inner.list().map((record) => memory.get(`${name} ${record.id}`) ?? record) },
  },
  {
    id: 'delete-not-done',
    fault: 'A record is answered as deleted and still there.',
    role: 'delete',
    view: ({ inner }) => ({ delete: (id) => inner.get(id) }),
  },
  {
    id: 'delete-another',
    fault: 'Another record is deleted than the one named.',
    role: 'delete',
    view: ({ inner }) => ({ delete: (id) => inner.delete(another(inner, id)?.id ?? id) }),
  },
  {
    id: 'delete-more',
    fault: 'A deletion takes another record along.',
    role: 'delete',
    view: ({ inner }) => ({
      delete(id) {
        const other = another(inner, id);
        if (other) inner.delete(other.id);
        return inner.delete(id);
      },
    }),
  },
  {
    id: 'delete-leaves-readable',
    fault: 'A deleted record can still be read.',
    role: 'delete',
    with: ['read'],
    view: remembersDeleted(({ inner, memory, name }) => ({
      get: (id) => inner.get(id) ?? memory.get(`${name} ${id}`),
    })),
  },
  {
    id: 'delete-leaves-listed',
    fault: 'A deleted record is still listed.',
    role: 'delete',
    with: ['list'],
    view: remembersDeleted(({ inner, memory, name }) => ({
      list: () => [
        ...inner.list(),
        ...[...memory].flatMap(([key, record]) => (key.startsWith(`${name} `) ? [record] : [])),
      ],
    })),
  },
];

function remembersDeleted(shown: (view: View) => Partial<UnitCollection>): StateFault['view'] {
  return (view) => {
    if (view.role !== 'delete') return shown(view);
    return {
      delete(id) {
        const record = view.inner.delete(id);
        if (record) view.memory.set(`${view.name} ${id}`, record);
        return record;
      },
    };
  };
}

/** What makes another record for a fault to fall upon. */
function bystander(subject: MutationSubject, script: Script): readonly WitnessRequest[] {
  const [creation] = siblings(subject, script, 'create');
  if (!creation || creation.operation === script.operation) return [];
  return [...creation.before, varied(creation.request)];
}

/** A request for another record: with another text or number where it takes one. */
function varied(request: WitnessRequest): WitnessRequest {
  const body = jsonOf(request);
  if (!isObject(body)) return request;
  const changed = Object.entries(body).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value] as const;
    return [
      name,
      value.includes('@') ? `other.${value}` : /^https?:/.test(value) ? `${value}/other` : value,
    ] as const;
  });
  return withJson(request, Object.fromEntries(changed));
}

/** The script's request with another value for each field that only the server sets. */
function withReadOnly(subject: MutationSubject, script: Script): readonly WitnessRequest[] | undefined {
  const body = jsonOf(script.request);
  const answer = jsonOf(script.answer);
  const names = readOnlyFields(subject.api, script.operation);
  if (!isObject(body) || !isObject(answer) || names.length === 0) return undefined;
  const set = names.flatMap((name) => (name in answer ? [[name, another1(answer[name])]] : []));
  return [withJson(script.request, { ...body, ...Object.fromEntries(set) }), ...looksAfter(subject, script)];
}

/** Faults in what operations do to records. */
export const state: readonly MutantOperator[] = faults.map((fault) => ({
  id: fault.id,
  family: 'state',
  fault: fault.fault,
  mutations: (subject) =>
    subject.scripts.flatMap((script) => {
      const { operation } = script;
      const { api } = subject;
      if (roleOf(api, operation) !== fault.role) return [];
      if (fault.methods && !fault.methods.includes(operation.method)) return [];
      const others = (fault.with ?? []).flatMap((role) => siblings(subject, script, role));
      if (fault.with && others.length === 0) return [];
      const shown = fault.witness
        ? fault.witness(subject, script)
        : [script.request, ...looksAfter(subject, script)];
      if (!shown) return [];
      const operations = [operation, ...others.map((other) => other.operation)];
      return [
        {
          place: operation.id,
          operation,
          plant: (served) => withFault(served, operations, fault),
          witness: [...script.before, ...bystander(subject, script), ...shown],
        },
      ];
    }),
}));

function withFault(api: ServedApi, operations: readonly Operation[], { view }: StateFault): ServedApi {
  const memories = new Map<string, Map<string, StoredRecord>>();
  return alterUnit(api, operations, (unit, context) => {
    const memory = memories.get(unit.namespace) ?? new Map<string, StoredRecord>();
    memories.set(unit.namespace, memory);
    const own = resourceOf(api, context.operation)?.collection;
    return viewCollections(unit, (inner, name) => {
      // What an operation does to other records than its own is not its fault.
      if (own !== undefined && name !== own) return {};
      const idField = api.model.resources.get(name)?.id ?? 'id';
      const given = objectOrEmpty(context.body);
      return view({
        inner,
        name,
        idField,
        api,
        context,
        given,
        role: roleOf(api, context.operation),
        memory,
      });
    });
  });
}
