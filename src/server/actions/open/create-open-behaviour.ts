import type { Behaviour } from '../../../providers/model/provider.ts';
import { andThen } from '../../message/and-then.ts';
import { listRecords } from '../list-records.ts';
import { actOpen } from './act-open.ts';
import { bytesOpen } from './bytes-open.ts';
import { createOpen } from './create-open.ts';
import { listHooks } from './list-hooks.ts';
import { presentOpen } from './open-answer.ts';
import { asParents, forgetRecord, openRecord } from './open-records.ts';
import type { OpenSource } from './open-source.ts';
import { notUnderstood } from './picks-of.ts';
import { updateOpen } from './update-open.ts';

const makers = {
  create: createOpen,
  read: readOpen,
  update: updateOpen,
  delete: deleteOpen,
  action: actOpen,
  list: listOpen,
} as const;

/** The behaviour of an operation on the records of a document of one's own. */
export function createOpenBehaviour(source: OpenSource): Behaviour {
  const { action, kept } = source;
  if (kept.kind === 'singleton' && action.resource.schema === undefined) return bytesOpen(source);
  return makers[action.action](source);
}

/** A list as it is asked for, and what of that it does not understand. */
function listOpen(source: OpenSource): Behaviour {
  const answer = listRecords(source, listHooks(source));
  return (context) =>
    andThen(answer(context), (result) => {
      const notes = notUnderstood(source, context.query);
      return notes.length === 0 ? result : { ...result, notes };
    });
}

function readOpen(source: OpenSource): Behaviour {
  const present = presentOpen(source);
  const { status } = source.action;
  return (context) => ({ status, ...present([asParents(source, context, openRecord(source, context))]) });
}

function deleteOpen(source: OpenSource): Behaviour {
  const present = presentOpen(source);
  const { status } = source.action;
  return (context) => {
    const record = openRecord(source, context);
    forgetRecord(source, context, record);
    return { status, ...present([record]) };
  };
}
