import { pointerTo } from '../../../json/json-pointer.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

/** Statuses that say nothing about whether the record is there. */
const aside: ReadonlySet<number> = new Set([401, 403, 429]);

export const absentNotFound: Check = {
  id: 'absent-not-found',
  grade: 'contract',
  rule: 'A record that is not there is not read, changed or deleted as if it were, where the document knows of a 404 or 410.',
  blindTo: 'Operations that declare neither 404 nor 410.',
  phases: ['sequences'],
  judge: (run) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { expect, operation } = exchange;
      const { status } = response;
      if (expect !== 'absent' || status >= 500 || aside.has(status)) return [];
      const declared = operation.responses.find((each) => each.status === '404' || each.status === '410');
      const chain = [operation.pointer, declared?.pointer ?? pointerTo(operation.pointer, 'responses')];
      if (status >= 300) return [passedFinding(index, chain)];
      const expected = `${declared?.status ?? '404'}, since there is no such record`;
      return [failedFinding(index, chain, { expected, seen: excerpt(response), location: 'status' })];
    }),
};
