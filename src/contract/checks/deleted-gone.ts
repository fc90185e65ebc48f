import type { Check, Finding } from '../types.ts';
import { type AnsweredStep, excerpt, failed, passed } from './findings.ts';
import { type Life, lifeOf, recordIn } from './records.ts';

export const deletedGone: Check = {
  id: 'deleted-gone',
  grade: 'contract',
  rule: 'A record that was deleted can no longer be read, and is in no list.',
  blindTo: 'Records that are kept behind the API.',
  phases: ['sequences'],
  judge(run, context) {
    const life = lifeOf(run, context);
    const removal = life?.step('delete');
    if (!life || !removal || removal.response.status >= 300) return [];
    const read = life.step('read after delete');
    const list = life.step('list after delete');
    return [...(read ? [judgeRead(read)] : []), ...(list ? judgeList(life, list) : [])];
  },
};

function judgeRead({ exchange, index, response }: AnsweredStep): Finding {
  const chain = [exchange.operation.pointer];
  if (response.status === 404 || response.status === 410 || response.status >= 500)
    return passed(index, chain);
  const isDeclared = exchange.operation.responses.some(({ status }) => status === '404' || status === '410');
  return failed(index, chain, {
    expected: '404 or 410, since it was deleted',
    seen: excerpt(response),
    location: 'status',
    // A server may keep what was deleted where it can be read; only where the document knows of a 404 is that a breach.
    ...(!isDeclared && { grade: 'convention' }),
  });
}

function judgeList(life: Life, list: AnsweredStep): readonly Finding[] {
  if (list.response.status >= 300) return [];
  const chain = [list.exchange.operation.pointer];
  if (!recordIn(life, list)) return [passed(list.index, chain)];
  const expected = `a list without ${life.id}, which was deleted`;
  return [failed(list.index, chain, { expected, seen: 'it is still in the list', location: 'body' })];
}
