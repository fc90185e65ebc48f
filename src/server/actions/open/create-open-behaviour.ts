import type { Behaviour } from '../../../providers/model/provider.ts';
import { listRecords } from '../list-records.ts';
import { actOpen } from './act-open.ts';
import { bytesOpen } from './bytes-open.ts';
import { createOpen } from './create-open.ts';
import { listHooks } from './list-hooks.ts';
import { presentOpen } from './open-answer.ts';
import { asParents, forgetRecord, openRecord } from './open-records.ts';
import type { OpenSource } from './open-source.ts';
import { updateOpen } from './update-open.ts';

const makers = {
  create: createOpen,
  read: readOpen,
  update: updateOpen,
  delete: deleteOpen,
  action: actOpen,
  list: (source: OpenSource) => listRecords(source, listHooks(source)),
} as const;

/** The behaviour of an operation on the records of a document of one's own. */
export function createOpenBehaviour(source: OpenSource): Behaviour {
  const { action, kept } = source;
  if (kept.kind === 'singleton' && action.resource.schema === undefined) return bytesOpen(source);
  return makers[action.action](source);
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
