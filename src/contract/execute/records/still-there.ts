import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';
import { findItems, findRecordIn } from './find-record.ts';
import { readBound } from './read-bound.ts';
import { sendRequest } from './send-request.ts';

/** How often a record is looked for that was deleted, and milliseconds between: it may go a little later. */
const looks = 4;
const pause = 150;

/** Why a record that was deleted is not gone; undefined where it is, as far as it can be read or listed. */
export async function whyStillThere(
  environment: Environment,
  boundRecord: BoundRecord,
  namespace: string | undefined,
): Promise<string | undefined> {
  if (environment.controls || environment.manners.isOwnServer) return undefined;
  for (let look = 1; ; look += 1) {
    const found = await lookFor(environment, boundRecord, namespace);
    if (!found || isMarkedDeleted(found.record)) return undefined;
    if (look >= looks) return `deleting it was let in, and it is still there by ${found.by}`;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Whether a record that a step deleted is gone, or its id is another's by now. */
export async function isGone(
  environment: Environment,
  boundRecord: BoundRecord,
  namespace: string | undefined,
): Promise<boolean> {
  if (environment.controls || environment.manners.isOwnServer) return false;
  const found = await lookFor(environment, boundRecord, namespace);
  return !found || isMarkedDeleted(found.record) || isAnother(found.record, boundRecord.record);
}

interface Seen {
  readonly record: JsonObject;
  /** The request that shows it. */
  readonly by: string;
}

async function lookFor(
  environment: Environment,
  { collection: name, id, path }: BoundRecord,
  namespace: string | undefined,
): Promise<Seen | undefined> {
  const collection = environment.context.collections.find(name);
  if (!collection) return undefined;
  const read = await readBound(environment, collection, { id, path }, namespace);
  if (collection.read && read) {
    const record = read.status < 300 ? findRecordIn(read.json?.value, collection.id, [id]) : undefined;
    return record && { record, by: `GET ${collection.read.path}` };
  }
  const { list } = collection;
  if (!list) return undefined;
  const listed = await sendRequest(environment, {
    operation: list,
    template: { ...baseRequest(environment.context, list).template, path },
    expect: 'any',
    role: 'setup',
    namespace,
  });
  const items = 'missing' in listed ? [] : (findItems(listed.response?.json?.value, collection.id) ?? []);
  const record = items.find((item) => String(item[collection.id]) === id);
  return record && { record, by: `GET ${list.path}` };
}

/** Some servers keep what was deleted, and say so of it. */
function isMarkedDeleted(record: JsonObject): boolean {
  return Object.entries(record).some(([name, value]) => {
    if (isObject(value)) return /status|state/i.test(name) && isMarkedDeleted(value);
    if (/deleted|archived|removed/i.test(name))
      return value !== null && value !== false && value !== '' && value !== 0;
    return (
      /status|state/i.test(name) &&
      /expired|deleted|archived|removed|cancell?ed|terminated|trash/i.test(String(value))
    );
  });
}

/** Whether a record of the same id says other things in all that both show and that tell records apart. */
function isAnother(now: JsonObject, before: unknown): boolean {
  if (!isObject(before)) return false;
  const told = Object.entries(before).filter(
    ([name, value]) => typeof value === 'string' && typeof now[name] === 'string',
  );
  return told.length > 0 && told.every(([name, value]) => now[name] !== value);
}
