import { successSchema } from '../../../openapi/document/success-schema.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { type AnsweredStep, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import {
  differences,
  type FieldDifference,
  fieldsIn,
  gradeOf,
  isAlike,
  isWhole,
  lifeOf,
  type RecordLife,
  recordInAnswer,
  shownSchema,
} from '../judging/record-life.ts';

export const createdReadable: Check = {
  id: 'created-readable',
  grade: 'contract',
  rule: 'What was created can be read, and is as it was sent.',
  blindTo: 'Fields that the record does not show; lists that have pages.',
  phases: ['sequences', 'writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    const create = life?.step('create');
    if (!life || !create) return [];
    const views = [create, life.step('read'), life.step('list')].filter((view) => view !== undefined);
    return views.flatMap((view) => judgeView(life, create, view, context));
  },
};

function judgeView(
  life: RecordLife,
  create: AnsweredStep,
  view: AnsweredStep,
  context: JudgeContext,
): readonly Finding[] {
  const { exchange, index, response } = view;
  const { collection, id } = life;
  const chain = [exchange.operation.pointer];
  const record = recordInAnswer(life, view);
  if (!record) {
    const isSure = exchange.operation === collection.list ? isWhole(exchange.operation) : view !== create;
    const isShown = successSchema(exchange.operation) !== undefined;
    if (!isSure || !isShown || response.status >= 500) return [];
    const expected = `the record ${id} of ${collection.name} that was just created`;
    return [failedFinding(index, chain, { expected, seen: excerpt(response) })];
  }
  const schema = shownSchema(context, life, exchange.operation);
  const found = differences(context.document, create.exchange, record, schema);
  if (found.length === 0) return [passedFinding(index, chain)];
  return found.map((difference) =>
    failedFinding(index, chain, {
      expected: `${difference.field} is ${JSON.stringify(difference.sent)}, as it was sent`,
      seen: JSON.stringify(difference.seen) ?? 'nothing',
      location: `body/${difference.field}`,
      ...(isAnsweredAsSent(life, create, difference) ? {} : gradeOf(context, create.exchange, difference)),
    }),
  );
}

/** What the creation itself answered as it was sent is what the record shows, whatever the request wraps. */
function isAnsweredAsSent(life: RecordLife, create: AnsweredStep, { field, sent }: FieldDifference): boolean {
  const record = recordInAnswer(life, create);
  const shown = record && fieldsIn(record, [field])[field];
  return shown !== undefined && isAlike(sent, shown);
}
