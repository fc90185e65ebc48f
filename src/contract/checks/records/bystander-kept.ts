import type { JsonObject } from '../../../json/is-object.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { type AnsweredStep, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import { changedFields, type Listing, listingOf, missingIn } from '../judging/listings.ts';
import { fieldsSentBy, isAlike, lifeOf, type RecordLife, recordInAnswer } from '../judging/record-life.ts';

export const bystanderKept: Check = {
  id: 'bystander-kept',
  grade: 'contract',
  rule: 'Changing or deleting a record changes and deletes no other.',
  blindTo: 'Records of other collections; fields that the server may change by itself.',
  phases: ['writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    if (!life) return [];
    return ['update', 'delete'].flatMap((name) => {
      const write = life.step(name);
      if (!write || write.response.status >= 300) return [];
      return [...judgeReads(run, context, name, write), ...judgeLists(run, context, life, name, write)];
    });
  },
};

function judgeReads(
  run: CaseRun,
  context: JudgeContext,
  name: string,
  write: AnsweredStep,
): readonly Finding[] {
  const other = lifeOf(run, context, 'bystander');
  const [before, after] = [`before ${name}`, `after ${name}`].map((when) =>
    other?.step(`read bystander ${when}`),
  );
  const was = other && before && recordInAnswer(other, before);
  if (!other || !after || !was || after.response.status >= 500) return [];
  const chain = [write.exchange.operation.pointer];
  const is = recordInAnswer(other, after);
  if (is) return compare({ context, write, was, is, index: after.index, id: other.id });
  if (after.response.status !== 404 && after.response.status !== 410) return [];
  const expected = `${other.id} to be there still, since ${name} was of another one`;
  return [failedFinding(after.index, chain, { expected, seen: excerpt(after.response), location: 'status' })];
}

interface Views {
  readonly context: JudgeContext;
  readonly write: AnsweredStep;
  readonly was: JsonObject;
  readonly is: JsonObject;
  readonly index: number;
  readonly id: string;
}

/** What was sent for one record and is now in another is a mix-up; other changes may be the server's own, as is a flag that only one can have. */
function compare({ context, id, index, is, was, write }: Views): readonly Finding[] {
  const chain = [write.exchange.operation.pointer];
  const asked = fieldsSentBy(context.document, write.exchange, was)?.body ?? {};
  const changed = changedFields(was, is, (field) => Object.hasOwn(asked, field));
  if (changed.length === 0) return [passedFinding(index, chain)];
  return changed.map((field) => {
    // Of a flag that only one may have, others lose what this one gets.
    const isSure =
      Object.hasOwn(asked, field) && (typeof is[field] !== 'boolean' || isAlike(asked[field], is[field]));
    return failedFinding(index, chain, {
      expected: `${field} of ${id} to be ${JSON.stringify(was[field])} still, since the request was about another record`,
      seen: JSON.stringify(is[field]) ?? 'nothing',
      location: `body/${field}`,
      ...(!isSure && { grade: 'convention' }),
    });
  });
}

function judgeLists(
  run: CaseRun,
  context: JudgeContext,
  life: RecordLife,
  name: string,
  write: AnsweredStep,
): readonly Finding[] {
  const [before, after] = [`before ${name}`, `after ${name}`].map((when) =>
    listingOf(run, `list ${when}`, life.collection),
  );
  if (!before || !after) return [];
  const own = [life.id, life.firstId];
  const others = before.items.filter((item) => !own.includes(String(item[life.collection.id])));
  const compared = others.flatMap((was) => {
    const id = String(was[life.collection.id]);
    const is = after.find(id);
    return is && context.exclusive ? compare({ context, write, was, is, index: after.index, id }) : [];
  });
  return [
    ...compared.filter(({ outcome }) => outcome === 'failed'),
    ...judgeLost(context, life, { before, after, name, write }),
  ];
}

interface Loss {
  readonly before: Listing;
  readonly after: Listing;
  readonly name: string;
  readonly write: AnsweredStep;
}

function judgeLost(
  { exclusive }: JudgeContext,
  { collection, firstId, id }: RecordLife,
  { after, before, name, write }: Loss,
): readonly Finding[] {
  if (!exclusive || !before.isComplete || !after.isComplete) return [];
  const chain = [write.exchange.operation.pointer];
  const lost = missingIn(before, after).filter((each) => each !== id && each !== firstId);
  if (lost.length === 0) return [passedFinding(after.index, chain)];
  const expected = `all of ${collection.name} but ${id} to be in the list still after ${name}`;
  return [
    failedFinding(after.index, chain, {
      expected,
      seen: `a list without ${lost.slice(0, 3).join(', ')}`,
      location: 'body',
    }),
  ];
}
