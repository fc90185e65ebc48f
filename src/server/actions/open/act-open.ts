import { SparringError } from '../../../errors.ts';
import { isObject } from '../../../json/is-object.ts';
import type { Behaviour, BehaviourContext } from '../../../providers/model/provider.ts';
import type { StoredRecord } from '../../../state/stored-record.ts';
import { makeOpenRecord } from './create-open.ts';
import { movedValue } from './moved-value.ts';
import { presentOpen } from './open-answer.ts';
import {
  assertOpenParents,
  belongsToParents,
  forgetRecord,
  isInvented,
  keepRecord,
  linkRecord,
  openRecord,
} from './open-records.ts';
import type { OpenSource } from './open-source.ts';

/** Does to its record, or to several, what an action is named for. */
export function actOpen(source: OpenSource): Behaviour {
  const { action, open } = source;
  const present = presentOpen(source);
  const { status } = action;
  return (context) => {
    const notes: string[] = [];
    const records = act(source, context, open.effect, notes);
    return { status, notes, ...present(records) };
  };
}

function act(
  source: OpenSource,
  context: BehaviourContext,
  effect: OpenSource['open']['effect'],
  notes: string[],
): readonly StoredRecord[] {
  const { action, maker } = source;
  const { unit } = context;
  const { resource } = action;
  // Nothing is kept of what no operation reads or makes.
  if (!resource.open) return [];
  if (!effect) return [openRecord(source, context)];
  if (effect.kind === 'move') {
    const former = openRecord(source, context);
    const value = movedValue(source, context, former, notes);
    return [value ? keepRecord(source, context, former, value) : former];
  }
  if (effect.kind === 'clear') {
    assertOpenParents(source, context);
    const all = unit.collection(resource.collection).list();
    const records = all.filter((record) => belongsToParents(source, context, record));
    for (const record of records) forgetRecord(source, context, record);
    return records;
  }
  if (effect.kind === 'create-many')
    return itemsAt(context.body, effect.keys)
      .filter(isObject)
      .map((sent) => makeOpenRecord(source, context, sent, undefined, notes));
  if (effect.kind === 'delete-many') {
    const records = itemsAt(context.body, effect.keys).flatMap((item) => {
      const id = isObject(item) ? maker.idOf(resource, item) : item;
      return unit.collection(resource.collection).get(String(id)) ?? [];
    });
    for (const record of records) forgetRecord(source, context, record);
    return records;
  }
  return [linked(source, context, effect)];
}

/** Puts a record of another collection under this one, or takes it away. */
function linked(
  source: OpenSource,
  context: BehaviourContext,
  { collection, kind, parameter }: { kind: 'link' | 'unlink'; collection: string; parameter: string },
): StoredRecord {
  const record = openRecord(source, context);
  const id = String(context.path[parameter]);
  const other = source.model.resources.get(collection);
  if (other && !context.unit.collection(collection).get(id) && !isInvented(source, other))
    throw new SparringError('record-not-found', `There is no record "${id.slice(0, 100)}" in ${collection}.`);
  linkRecord(context, collection, id, source.action.resource.collection, record.id, kind === 'link');
  return record;
}

function itemsAt(body: unknown, keys: readonly string[]): readonly unknown[] {
  const list = keys.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), body);
  return Array.isArray(list) ? list : [];
}
