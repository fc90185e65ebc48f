import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../../json/is-object.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import { successSchema } from '../../../openapi/document/success-schema.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { itemsPointer } from '../../../openapi/infer/find-list-items.ts';
import { findRecordIn } from '../../execute/records/find-record.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import { type AnsweredStep, answeredSteps, failedFinding, passedFinding } from '../judging/findings.ts';
import { changedFields, collectionOf, listingOf } from '../judging/listings.ts';

export const listedAsRead: Check = {
  id: 'listed-as-read',
  grade: 'contract',
  rule: 'A list shows a record as reading it does, in the fields that both show by the same schema.',
  blindTo: 'Records that change meanwhile; fields whose names say that they move at the server’s own pace.',
  phases: ['writes'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    const read = collection && steadyRead(run, collection);
    if (!collection || !read) return [];
    const { record, step } = read;
    const [before, after] = ['list', 'list again'].map((name) => listingOf(run, name, collection));
    const item = after?.find(String(record[collection.id]));
    if (!after || !item || !before || !isDeepStrictEqual(before.find(String(record[collection.id])), item))
      return [];
    const fields = sharedFields(context, collection);
    const only = (whole: JsonObject) =>
      Object.fromEntries(
        Object.entries(whole).filter(([name]) => fields.has(name) && name in item && name in record),
      );
    const changed = changedFields(only(record), only(item));
    const chain = [after.pages[0]?.exchange.operation.pointer ?? step.exchange.operation.pointer];
    if (changed.length === 0) return [passedFinding(after.index, chain)];
    return changed.map((field) =>
      failedFinding(after.index, chain, {
        expected: `${field} of ${record[collection.id]} is ${JSON.stringify(record[field])}, as it is read`,
        seen: `${JSON.stringify(item[field])} in the list`,
        location: `body/${field}`,
      }),
    );
  },
};

/** The record that was read twice, and was the same both times. */
function steadyRead(
  run: CaseRun,
  { id }: ApiCollection,
): { readonly record: JsonObject; readonly step: AnsweredStep } | undefined {
  const [once, again] = ['read', 'read again'].map((name) =>
    answeredSteps(run).find(
      ({ exchange, response }) => exchange.step?.name === name && response.status < 300,
    ),
  );
  const record = findRecordIn(again?.response.json?.value, id);
  const isSteady = isDeepStrictEqual(findRecordIn(once?.response.json?.value, id), record);
  return again && record && isSteady ? { record, step: again } : undefined;
}

/** Names of the fields whose schema is the same one in the list and in the record. */
function sharedFields({ document }: JudgeContext, { list, read }: ApiCollection): ReadonlySet<string> {
  const listed = list && successSchema(list);
  const items = listed === undefined ? undefined : itemsPointer(document, listed);
  const whole = read && successSchema(read);
  if (items === undefined || whole === undefined) return new Set();
  const [own, other] = [recordPropertiesOf(document, items), recordPropertiesOf(document, whole)];
  return new Set([...own].flatMap(([name, pointer]) => (other.get(name) === pointer ? [name] : [])));
}
