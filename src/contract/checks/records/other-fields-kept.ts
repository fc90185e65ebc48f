import type { JsonObject } from '../../../json/is-object.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { updateKind } from '../../plan/requests/update-kind.ts';
import { type AnsweredStep, failedFinding, passedFinding } from '../judging/findings.ts';
import { changedFields } from '../judging/listings.ts';
import {
  fieldsIn,
  fieldsSentBy,
  isAlike,
  lifeOf,
  type RecordLife,
  recordInAnswer,
} from '../judging/record-life.ts';

export const otherFieldsKept: Check = {
  id: 'other-fields-kept',
  grade: 'contract',
  rule: 'An update that leaves fields out leaves them as they were (PATCH), and never changes the id or the time of creation.',
  blindTo: 'Fields that the record does not show; changes that the server makes at its own pace.',
  phases: ['writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    const create = life?.step('create');
    const update = life?.step('update');
    if (!life || !create || !update || update.response.status >= 300) return [];
    const { operation } = update.exchange;
    const view = life.step('read after update') ?? life.step('list after update');
    const before = recordOf(life, 'before update');
    const after = view && recordInAnswer(life, view);
    if (!before || !after || !view) return [];
    const chain = [operation.pointer];
    const { id } = life.collection;
    if (String(after[id]) !== life.id)
      return [
        failedFinding(view.index, chain, { expected: `${id} is ${life.id} still`, seen: String(after[id]) }),
      ];
    const isMerge = updateKind(operation).kind === 'merge';
    const findings = isMerge ? keptFields({ context, create, update, view, before, after }) : [];
    const all = [...findings, ...keptCreation({ context, life, update, view, before, after })];
    return all.length > 0 ? all : [passedFinding(view.index, chain)];
  },
};

/** The subject as the record or the list showed it at some time. */
function recordOf(life: RecordLife, when: string): JsonObject | undefined {
  const view = life.step(`read ${when}`) ?? life.step(`list ${when}`);
  return view && recordInAnswer(life, view);
}

/** When a record came into being does not change, whoever wrote it down. */
function keptCreation({
  after,
  before,
  context,
  life,
  update,
  view,
}: Omit<Change, 'create'> & { readonly life: RecordLife }): readonly Finding[] {
  const field = context.model.resources.get(life.collection.name)?.timestamps?.created;
  if (field === undefined || before[field] === undefined || before[field] === null) return [];
  if (isAlike(before[field], after[field])) return [];
  const failure = {
    expected: `${field} is ${JSON.stringify(before[field])} still, since an update creates nothing`,
    seen: JSON.stringify(after[field]) ?? 'nothing',
    location: `body/${field}`,
  };
  // What the field means is read off its name.
  return [{ ...failedFinding(view.index, [update.exchange.operation.pointer], failure), inferred: true }];
}

interface Change {
  readonly context: JudgeContext;
  readonly create: AnsweredStep;
  readonly update: AnsweredStep;
  readonly view: AnsweredStep;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** What the run itself had set, and did not ask to be changed, binds; what the server had set may follow from the update. */
function keptFields({ after, before, context, create, update, view }: Change): readonly Finding[] {
  const { document } = context;
  const created = fieldsSentBy(document, create.exchange, before)?.body ?? {};
  const asked = fieldsSentBy(document, update.exchange, before);
  if (!asked) return [];
  const [was, is] = [fieldsIn(before, Object.keys(created)), fieldsIn(after, Object.keys(created))];
  const isOurs = (field: string) => Object.hasOwn(created, field) && isAlike(created[field], was[field]);
  return changedFields(was, is, isOurs)
    .filter((field) => !Object.hasOwn(asked.body, field))
    .filter((field) => isOurs(field) || asked.fields.has(field))
    .filter((field) => !isOurs(field) || !isAlike(created[field], is[field]))
    .map((field) =>
      failedFinding(view.index, [update.exchange.operation.pointer], {
        expected: `${field} is ${JSON.stringify(was[field])} still, since ${update.exchange.request.method} left it out`,
        seen: JSON.stringify(is[field]) ?? 'nothing',
        location: `body/${field}`,
        ...(!isOurs(field) && { grade: 'convention' }),
      }),
    );
}
