import { isObject } from '../../openapi/is-object.ts';
import { findRecord } from '../execute/find-record.ts';
import type { Check, Exchange, Finding } from '../types.ts';
import { answeredSteps, failed, passed } from './findings.ts';

export const idsUnique: Check = {
  id: 'ids-unique',
  grade: 'contract',
  rule: 'No two records that were created have the same id.',
  blindTo: 'Records that the run did not create, and ids that it chose itself.',
  judge: () => [],
  judgeAll(runs, { collections }) {
    const seen = new Map<string, string>();
    return runs.flatMap((run, at) =>
      answeredSteps(run).flatMap(({ exchange, index, response }): (Finding & { readonly run: number })[] => {
        const role = collections.roleOf(exchange.operation);
        if (role?.role !== 'create' || response.status >= 300 || exchange.request.method !== 'POST')
          return [];
        const { id: field, name } = role.collection;
        const record = findRecord(response.json?.value, field);
        // An id that the caller chose says nothing of how the server chooses them.
        if (!record || isSent(exchange, record[field])) return [];
        // Cases that move time on have a state of their own, whose numbers may begin anew.
        const key = JSON.stringify([name, exchange.request.headers['sparring-namespace'], record[field]]);
        const former = seen.get(key);
        seen.set(key, run.case.id);
        const chain = [exchange.operation.pointer];
        if (former === undefined) return [{ ...passed(index, chain), run: at }];
        const expected = `an id that no other of ${name} has`;
        const text = `${String(record[field])}, which ${former} was given too`;
        return [{ ...failed(index, chain, { expected, seen: text, location: `body/${field}` }), run: at }];
      }),
    );
  },
};

function isSent({ sent }: Exchange, id: unknown): boolean {
  const value = sent.body?.value;
  return isObject(value) && Object.values(value).some((part) => String(part) === String(id));
}
