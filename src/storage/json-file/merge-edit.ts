import type { RecordChange } from '../../model/record.ts';
import type { ExternalEdit } from '../../model/storage.ts';
import {
  applyCommits,
  type Content,
  type Entries,
  type Entry,
  keptEvents,
  keptNamespace,
  splitKey,
} from './content.ts';
import { renderValue } from './render-content.ts';
import { addDeliveries } from './stored-deliveries.ts';

export interface Merge {
  readonly content: Content;
  readonly edit: ExternalEdit;
}

/**
 * A merge of three, record by record: what an edit changed between `before` and `edited` goes over `current`, which is
 * `before` and all that memory changed since. Where both changed a record, the edit wins and is reported.
 */
export function mergeEdit(before: Content, edited: Content, current: Content): Merge {
  const changes = difference(before, edited);
  const overruled = changes.filter(({ api, collection, id }) => {
    const key = `${api}/${collection}`;
    const now = current.records.get(key)?.get(id);
    return !isSame(now, before.records.get(key)?.get(id)) && !isSame(now, edited.records.get(key)?.get(id));
  });
  const merged = applyCommits(current, [
    {
      namespace: keptNamespace,
      clear: false,
      changes,
      events: [],
      ordinals: Object.fromEntries(edited.ordinals),
    },
  ]);
  return {
    content: {
      ...merged,
      events: mergeEvents(before, edited, current),
      clock: mergeClock(before, edited, current),
      deliveries: mergeDeliveries(before, edited, current),
    },
    edit: {
      namespace: keptNamespace,
      changes,
      overruled: overruled.map(({ api, collection, id }) => ({ api, collection, id })),
    },
  };
}

function difference(before: Content, after: Content): readonly RecordChange[] {
  const keys = new Set([...before.records.keys(), ...after.records.keys()]);
  return [...keys].flatMap((key) => {
    const was: Entries = before.records.get(key) ?? new Map();
    const is: Entries = after.records.get(key) ?? new Map();
    const name = splitKey(key);
    const gone = [...was.values()].filter(({ id }) => !is.has(id));
    const written = [...is.values()].filter((entry) => !isSame(entry, was.get(entry.id)));
    return [
      ...gone.map(({ id, ordinal }) => ({ ...name, id, ordinal, value: null })),
      ...written.map(({ id, ordinal, record }) => ({ ...name, id, ordinal, value: record })),
    ];
  });
}

function isSame(left: Entry | undefined, right: Entry | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left === right || renderValue(left) === renderValue(right);
}

function mergeEvents(before: Content, edited: Content, current: Content): Content['events'] {
  const known = new Set(before.events.map(({ id }) => id));
  return edited.events.concat(current.events.filter(({ id }) => !known.has(id))).slice(-keptEvents);
}

/** What the edit added; `edited` holds all that `before` held. */
function mergeDeliveries(before: Content, edited: Content, current: Content): Content['deliveries'] {
  const added = [...edited.deliveries].filter(([id]) => !before.deliveries.has(id));
  return added.length === 0 ? current.deliveries : addDeliveries(current.deliveries, new Map(added));
}

function mergeClock(before: Content, edited: Content, current: Content): Content['clock'] {
  const fields = ['base', 'anchor', 'scale', 'frozenAt'] as const;
  const untouched = fields.every((field) => before.clock?.[field] === edited.clock?.[field]);
  return untouched ? current.clock : edited.clock;
}
