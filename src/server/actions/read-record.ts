import type { Behaviour } from '../../providers/provider.ts';
import type { ActionSource } from './create-action-behaviour.ts';
import { findRecord, wrap } from './find-record.ts';

/** Answers the record itself, so that its kept JSON text is sent. */
export function readRecord({ action }: ActionSource): Behaviour {
  const { status, wrapper = [] } = action;
  return (context) => {
    const record = findRecord(action, context);
    return { status, body: wrapper.length === 0 ? record : wrap(wrapper, record.value) };
  };
}
