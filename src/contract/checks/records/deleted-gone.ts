import type { JsonObject } from '../../../json/is-object.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { type AnsweredStep, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import { type Listing, listingOf } from '../judging/listings.ts';
import { lifeOf, type RecordLife, recordInAnswer } from '../judging/record-life.ts';

export const deletedGone: Check = {
  id: 'deleted-gone',
  grade: 'contract',
  rule: 'A record that was deleted can no longer be read, and is in no list.',
  blindTo: 'Records that are kept behind the API.',
  phases: ['sequences', 'writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    const removal = life?.step('delete');
    if (!life || !removal || removal.response.status >= 300) return [];
    const read = life.step('read after delete');
    const list = listingOf(run, 'list after delete', life.collection);
    return [
      ...(read ? [judgeRead(life, read, removal)] : []),
      ...(list ? judgeList(life, list, removal) : []),
    ];
  },
};

function judgeRead(life: RecordLife, view: AnsweredStep, removal: AnsweredStep): Finding {
  const { exchange, index, response } = view;
  const chain = [exchange.operation.pointer];
  if (response.status === 404 || response.status === 410 || response.status >= 500)
    return passedFinding(index, chain);
  const isDeclared = exchange.operation.responses.some(({ status }) => status === '404' || status === '410');
  return failedFinding(index, chain, {
    expected: '404 or 410, since it was deleted',
    seen: excerpt(response),
    location: 'status',
    // A server may keep what was deleted where it can be read; only where the document knows of a 404 is that a breach.
    ...((!isDeclared || isKeptOpenly(recordInAnswer(life, view), removal)) && { grade: 'convention' }),
  });
}

/** Some servers keep what was deleted, and say so in it; some take their time, and say so by 202. */
function isKeptOpenly(record: JsonObject | undefined, removal: AnsweredStep): boolean {
  if (removal.response.status === 202) return true;
  return Object.entries(record ?? {}).some(
    ([name, value]) =>
      (/^(?:is_?)?(?:deleted|removed|archived)(?:_?at|_?on)?$/i.test(name) && Boolean(value)) ||
      (/^(?:status|state)$/i.test(name) && /^(?:deleted|removed|archived|inactive)$/i.test(String(value))),
  );
}

function judgeList(life: RecordLife, list: Listing, removal: AnsweredStep): readonly Finding[] {
  const chain = [list.pages[0]?.exchange.operation.pointer ?? '#'];
  const record = list.find(life.id);
  if (!record) return list.isComplete ? [passedFinding(list.index, chain)] : [];
  const expected = `a list without ${life.id}, which was deleted`;
  return [
    failedFinding(list.index, chain, {
      expected,
      seen: 'it is still in the list',
      location: 'body',
      ...(isKeptOpenly(record, removal) && { grade: 'convention' }),
    }),
  ];
}
