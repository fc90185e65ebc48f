import { type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import type { RecordValue } from '../../../model/record.ts';
import { schemaFields, schemaTypes } from '../../../openapi/document/schema-fields.ts';
import { plainName } from '../../../openapi/infer/plain-name.ts';
import type { BehaviourContext } from '../../../providers/model/provider.ts';
import type { StoredRecord } from '../../../state/stored-record.ts';
import type { OpenSource } from './open-source.ts';
import { changedValue } from './update-open.ts';
import { meaningsOf, participlesOf, undoes } from './verb-meanings.ts';

/**
 * What an action makes of a record: the fields that the extension sets, else those that were sent, the state that the action's
 * name means, and the time by which it happened.
 */
export function movedValue(
  source: OpenSource,
  context: BehaviourContext,
  former: StoredRecord,
  notes: string[],
): RecordValue | undefined {
  const { action, document, open } = source;
  const { resource } = action;
  const { effect } = open;
  if (effect?.kind !== 'move' || resource.schema === undefined) return undefined;
  const { sets } = action.operation.extension;
  const body = objectOrEmpty(context.body);
  const fields = schemaFields(document, resource.schema);
  const set = sets ?? stateOf(source, fields, effect.verb, body, context.unit.now);
  const sent = Object.fromEntries(Object.entries(body).filter(([name]) => fields.has(name)));
  const changes: JsonObject = { ...sent, ...set };
  if (Object.keys(changes).length === 0) {
    if (effect.verb !== '') notes.push(`${resource.collection} have no state that "${effect.verb}" means`);
    return undefined;
  }
  // What the action itself says of the record is the server's word, also where a client may not write it.
  const changed =
    Object.keys(sent).length > 0
      ? changedValue(source, { ...context, body: sent }, former, notes)
      : former.value;
  const { updated } = resource.timestamps ?? {};
  const stamp = updated === undefined ? {} : changedStamp(source, context, former, updated);
  return { ...changed, ...set, ...stamp };
}

function changedStamp(
  source: OpenSource,
  context: BehaviourContext,
  former: StoredRecord,
  updated: string,
): JsonObject {
  return { [updated]: changedValue(source, { ...context, body: {} }, former, [])[updated] };
}

/** The fields that say what a record has come to. */
function stateOf(
  { document, validators }: OpenSource,
  fields: ReadonlyMap<string, Pointer>,
  verb: string,
  body: JsonObject,
  now: number,
): JsonObject {
  const set: Record<string, unknown> = {};
  for (const [name, at] of fields) {
    const node = objectOrEmpty(document.resolve(at)?.node);
    const listed = enumOf(document, at);
    if (listed.length > 0 && /(?:status|state|stage|phase)$/i.test(name) && !Object.values(set).length) {
      const told = Object.values(body).find((value) => listed.includes(value));
      const meant = told ?? memberMeant(listed, verb);
      if (meant !== undefined) set[name] = meant;
    } else if (schemaTypes(document, at).has('boolean') && isNamed(name, verb)) set[name] = !undoes(verb);
    const time = timeOf(name, verb, node, schemaTypes(document, at), now);
    if (time !== undefined && validators.validate(at, time, 'response', name).length === 0) set[name] = time;
  }
  return set;
}

/** The values that a schema lists, its references followed. */
function enumOf(document: OpenSource['document'], at: Pointer): readonly unknown[] {
  const node = objectOrEmpty(document.resolve(at)?.node);
  if (Array.isArray(node.enum)) return node.enum;
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = node[keyword];
    for (const index of Array.isArray(parts) ? parts.keys() : []) {
      const listed = enumOf(document, `${document.resolve(at)?.pointer ?? at}/${keyword}/${index}`);
      if (listed.length > 0) return listed;
    }
  }
  return [];
}

function memberMeant(listed: readonly unknown[], verb: string): unknown {
  for (const meaning of meaningsOf(verb)) {
    const found = listed.find((value) => typeof value === 'string' && plainName(value) === meaning);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isNamed(field: string, verb: string): boolean {
  const plain = plainName(field).replace(/^is/, '');
  return participlesOf(verb).includes(plain);
}

/** `cancelled_at` for `cancel`. */
function timeOf(
  field: string,
  verb: string,
  { format }: JsonObject,
  types: ReadonlySet<string>,
  now: number,
): unknown {
  const [, word] = /^(.*?)_?(?:at|on|date|time)$/i.exec(field) ?? [];
  if (word === undefined || undoes(verb) || !participlesOf(verb).includes(plainName(word))) return undefined;
  if (types.has('string'))
    return format === 'date' ? new Date(now).toISOString().slice(0, 10) : new Date(now).toISOString();
  return types.has('integer') || types.has('number') ? Math.floor(now / 1000) : undefined;
}
