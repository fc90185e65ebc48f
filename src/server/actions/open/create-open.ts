import { SparringError } from '../../../errors.ts';
import type { JsonObject } from '../../../json/is-object.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import { listStep } from '../../../openapi/infer/record-place.ts';
import type { Behaviour, BehaviourContext } from '../../../providers/model/provider.ts';
import { deriveFreshId } from '../../../state/fresh-ids.ts';
import type { StoredRecord } from '../../../state/stored-record.ts';
import { locationOf } from '../location-of.ts';
import { presentOpen } from './open-answer.ts';
import { fitFields, sentRecords } from './open-fields.ts';
import { assertOpenParents, keepRecord, linkToParents, parentFields } from './open-records.ts';
import type { OpenSource } from './open-source.ts';

/** Makes records of what was sent, and of what the server adds: ids, times, and what the schema asks for. */
export function createOpen(source: OpenSource): Behaviour {
  const { action, document, model } = source;
  const present = presentOpen(source);
  const locate = locationOf(document.operations, model, action);
  return (context) => {
    assertOpenParents(source, context);
    const notes: string[] = [];
    const made = sentRecords(source, context).map((sent) =>
      makeOpenRecord(source, context, sent, undefined, notes),
    );
    const [first] = made;
    const headers = locate && first && { headers: { location: locate(first.value, context.path) } };
    return { status: action.status, ...headers, notes, ...present(made) };
  };
}

/** Makes one record of the fields that were sent, under the id that is given, that was sent, or that is new. */
export function makeOpenRecord(
  source: OpenSource,
  context: BehaviourContext,
  sent: JsonObject,
  wanted: string | undefined,
  notes: string[],
): StoredRecord {
  const { action, kept, maker, open } = source;
  const { resource } = action;
  const { unit } = context;
  const records = unit.collection(resource.collection);
  const trial = unit.derive(resource.collection, records.nextOrdinal);
  const { given } = fitFields(source, context, sent, trial, notes);
  const former = open.body.includes(listStep) ? sentBefore(source, context, sent) : undefined;
  if (former) {
    const changed = maker.completeChanged(resource, { ...former.value, ...given }, former.value, trial);
    return keepRecord(source, context, former, changed);
  }
  Object.assign(given, fittedParents(source, context, trial, notes));
  const named = wanted ?? maker.idOf(resource, given);
  const { derive, id } =
    named === undefined
      ? deriveFreshId(unit, resource.collection, (fresh) => maker.newId(resource, fresh, records))
      : { derive: trial, id: named };
  if (records.get(String(id)))
    throw new SparringError(
      'conflict',
      `The collection ${resource.collection} has a record "${id}" already.`,
    );
  const fields = kept.kind === 'singleton' ? given : withId(given, kept.idAt, maker.asId(resource, id));
  const value = maker.complete(resource, fields, derive, unit.now);
  const record = records.insert(String(id), value);
  linkToParents(source, context, record.id);
  return record;
}

/** The record whose id is sent within a list: such lists make what is new and change what is not. */
function sentBefore(
  { action, maker }: OpenSource,
  { unit }: BehaviourContext,
  sent: JsonObject,
): StoredRecord | undefined {
  const id = maker.idOf(action.resource, sent);
  return id === undefined ? undefined : unit.collection(action.resource.collection).get(String(id));
}

/** The fields that name the path's parents, as the record's schema has them. */
function fittedParents(
  source: OpenSource,
  context: BehaviourContext,
  derive: Parameters<typeof fitFields>[3],
  notes: string[],
): Record<string, unknown> {
  const { action } = source;
  const fields = parentFields(source, context);
  if (action.resource.schema === undefined) return fields;
  const fitted = fitFields(source, context, fields, derive, notes.slice()).given;
  // Also where a client may not send them.
  return { ...fields, ...fitted };
}

function withId(
  given: Record<string, unknown>,
  idAt: readonly string[],
  id: unknown,
): Record<string, unknown> {
  if (idAt.length === 0) return given;
  const value = withValueAt(given, idAt, id);
  return typeof value === 'object' && value !== null ? { ...value } : given;
}
