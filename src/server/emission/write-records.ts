import type { RecordValue } from '../../model/record.ts';
import type { WriteExtension } from '../../openapi/document/extension.ts';
import { fillTemplate } from '../../openapi/expressions/fill-template.ts';
import type { ExpressionContext } from '../../openapi/expressions/runtime-expression.ts';
import { deriveFreshId } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import { createIdMaker } from '../actions/known-fields.ts';
import type { ServedApi } from '../model/served-api.ts';
import { unitContext } from './emission-context.ts';
import type { Rule, SubscriptionRule } from './emission-plan.ts';

interface Writing {
  readonly rules: readonly Rule<WriteExtension>[];
  readonly rule: SubscriptionRule;
  readonly subscription: StoredRecord;
  readonly facts: ExpressionContext;
}

/** Makes the writes that a subscription asks for when it is delivered to, attempted, or disabled. */
export function writeRecords(
  api: ServedApi,
  unit: CommittingUnit,
  { rules, rule, subscription, facts }: Writing,
): void {
  for (const write of rules) {
    const { delivery = null, attempt = null } = facts;
    // An earlier write of this unit may have changed it.
    const current = unit.collection(rule.collection).get(subscription.id) ?? subscription;
    const values = { subscription: current.value, delivery, attempt, settings: api.settings };
    if (!write.holds(values)) continue;
    writeRecord(api, unit, write.extension, rule.collection, current, {
      ...facts,
      ...unitContext(api, unit),
      subscription: current.value,
    });
  }
}

function writeRecord(
  api: ServedApi,
  unit: CommittingUnit,
  { collection: named, id: idTemplate, set }: WriteExtension,
  own: string,
  subscription: StoredRecord,
  facts: ExpressionContext,
): void {
  const collection = named ?? own;
  const records = unit.collection(collection);
  const fields: RecordValue = Object.fromEntries(
    Object.entries(set).flatMap(([name, template]) => {
      const value = fillTemplate(template, facts);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const idField = api.model.resources.get(collection)?.id ?? 'id';
  const wanted = idTemplate === undefined ? undefined : fillTemplate(idTemplate, facts);
  const id =
    wanted ?? (collection === own ? subscription.id : fields[idField]) ?? newId(api, unit, collection);
  const former = records.get(String(id));
  if (former) records.replace(former.id, { ...former.value, ...fields });
  // The subscription itself may have been deleted meanwhile.
  else if (collection !== own) records.insert(String(id), { [idField]: id, ...fields });
}

function newId(api: ServedApi, unit: CommittingUnit, collection: string): string | number {
  const records = unit.collection(collection);
  const resource = api.model.resources.get(collection);
  const makeId = resource && createIdMaker(api.document, resource);
  return deriveFreshId(unit, collection, (derive) => makeId?.(derive, records) ?? derive.uuid('id')).id;
}
