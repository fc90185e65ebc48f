import { SparringError } from '../../errors.ts';
import type { Behaviour, BehaviourContext } from '../../providers/model/provider.ts';
import { deriveFreshId } from '../../state/fresh-ids.ts';
import { timestampOf } from '../records/timestamp-of.ts';
import type { ActionSource } from './action-source.ts';
import { assertParents } from './find-record.ts';
import { createIdMaker, knownFields } from './known-fields.ts';
import { locationOf } from './location-of.ts';
import { sentFields } from './sent-fields.ts';
import { envelopeRest, wrapRecord } from './wrap-record.ts';

/** Makes a record of the body's known fields, the resource's defaults and times, and a derived id. */
export function createRecord({ action, document, model }: ActionSource): Behaviour {
  const { parents, resource, schema, status, wrapper } = action;
  const rest = envelopeRest(document, schema, wrapper);
  const known = knownFields(document, resource, 'create');
  const makeId = createIdMaker(document, resource);
  const locate = locationOf(document.operations, model, action);
  const { collection, timestamps } = resource;
  const relations = Object.entries(resource.relations ?? {});
  const times = [timestamps?.created, timestamps?.updated].filter((field) => field !== undefined);
  return (context) => {
    const { body, path, unit } = context;
    const records = unit.collection(collection);
    const given = known.pick(sentFields(action, body));
    assertParents(action, context);
    for (const { parameter, field } of parents) if (field !== undefined) given[field] = path[parameter];
    assertRelations(context, relations, given);
    const sent = given[resource.id] ?? undefined;
    const { derive, id } =
      sent === undefined
        ? deriveFreshId(unit, collection, (fresh) => makeId(fresh, records))
        : { derive: unit.derive(collection, records.nextOrdinal), id: sent };
    given[resource.id] = id;
    for (const field of times) given[field] = timestampOf(timestamps?.unit, unit.now);
    const record = records.insert(String(id), known.complete(given, derive));
    const headers = locate && { headers: { location: locate(record.value, path) } };
    if (!wrapper) return { status, ...headers };
    return {
      status,
      ...headers,
      body: wrapper.length === 0 ? record : wrapRecord(wrapper, record.value, rest),
    };
  };
}

/** Throws `record-not-found` for a field that names a record which is not there. */
function assertRelations(
  { unit }: BehaviourContext,
  relations: readonly (readonly [field: string, collection: string])[],
  given: Readonly<Record<string, unknown>>,
): void {
  for (const [field, collection] of relations) {
    const id = given[field];
    if (id === undefined || id === null || unit.collection(collection).get(String(id))) continue;
    throw new SparringError(
      'record-not-found',
      `There is no record "${id}" in ${collection}, which ${field} names.`,
    );
  }
}
