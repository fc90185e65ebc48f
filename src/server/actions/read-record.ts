import type { Behaviour } from '../../providers/model/provider.ts';
import type { ActionSource } from './action-source.ts';
import { findRecord } from './find-record.ts';
import { envelopeRest, wrapRecord } from './wrap-record.ts';

/** Answers the record itself, so that its kept JSON text is sent. */
export function readRecord({ action, document }: ActionSource): Behaviour {
  const { schema, status, wrapper = [] } = action;
  const rest = envelopeRest(document, schema, wrapper);
  return (context) => {
    const record = findRecord(action, context);
    return { status, body: wrapper.length === 0 ? record : wrapRecord(wrapper, record.value, rest) };
  };
}
