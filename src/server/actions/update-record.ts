import type { Behaviour } from '../../providers/model/provider.ts';
import { timestampOf } from '../records/timestamp-of.ts';
import type { ActionSource } from './action-source.ts';
import { findRecord } from './find-record.ts';
import { knownFields } from './known-fields.ts';
import { sentFields } from './sent-fields.ts';
import { envelopeRest, wrapRecord } from './wrap-record.ts';

/** Changes a record: PATCH leaves what is omitted alone, PUT does not. Ids, creation times and read-only fields stay. */
export function updateRecord({ action, document }: ActionSource): Behaviour {
  const { resource, schema, status, update, wrapper } = action;
  const rest = envelopeRest(document, schema, wrapper);
  const { timestamps } = resource;
  const known = knownFields(document, resource, 'update');
  return (context) => {
    const former = findRecord(action, context);
    const given = known.pick(sentFields(action, context.body));
    const kept = update === 'merge' ? former.value : known.emptied(former.value);
    const stamp =
      timestamps?.updated === undefined
        ? {}
        : { [timestamps.updated]: timestampOf(timestamps.unit, context.unit.now) };
    const record = context.unit
      .collection(resource.collection)
      .replace(former.id, { ...kept, ...given, ...stamp });
    if (!wrapper) return { status };
    return { status, body: wrapper.length === 0 ? record : wrapRecord(wrapper, record.value, rest) };
  };
}
