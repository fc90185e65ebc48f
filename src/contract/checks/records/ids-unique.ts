import { isObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import { recordsShown } from '../../execute/records/records-shown.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { Finding } from '../../model/finding.ts';
import { answeredSteps, failedFinding, passedFinding } from '../judging/findings.ts';

export const idsUnique: Check = {
  id: 'ids-unique',
  grade: 'contract',
  rule: 'No two records that were created have the same id.',
  blindTo:
    'Records that the run did not create, ids that it chose itself, and numbers that are given again after a deletion.',
  judge: () => [],
  judgeAll(runs, { collections, document, model }) {
    const seen = new Map<string, CaseRun>();
    return runs.flatMap((run, at) =>
      answeredSteps(run).flatMap(({ exchange, index, response }): (Finding & { readonly run: number })[] => {
        const role = collections.roleOf(exchange.operation);
        if (role?.role !== 'create' || response.status >= 300 || exchange.request.method !== 'POST')
          return [];
        const { id: field, name } = role.collection;
        const [record] = recordsShown(response.json?.value, role.collection, exchange.sent.body?.value);
        // An id that the caller chose says nothing of how the server chooses them.
        if (!record || isSent(exchange, record[field])) return [];
        // Cases that move time on have a state of their own, whose numbers may begin anew.
        const key = JSON.stringify([name, exchange.request.headers['sparring-namespace'], record[field]]);
        const former = seen.get(key);
        seen.set(key, run);
        const chain = [exchange.operation.pointer];
        if (former === undefined) return [{ ...passedFinding(index, chain), run: at }];
        const expected = `an id that no other of ${name} has`;
        const text = `${String(record[field])}, which ${former.case.id} was given too`;
        const schema = model.resources.get(name)?.schema;
        // What other cases made is deleted by now; plain numbers may be given again then, as SQLite does.
        const isSure = former === run || isUuid(document, schema, field);
        const grade = isSure ? {} : ({ grade: 'convention' } as const);
        return [
          {
            ...failedFinding(index, chain, { expected, seen: text, location: `body/${field}`, ...grade }),
            run: at,
          },
        ];
      }),
    );
  },
};

/** RFC 9562, section 4: unique over space and time. */
function isUuid(document: ApiDocument, schema: Pointer | undefined, field: string): boolean {
  const at = schema === undefined ? undefined : recordPropertiesOf(document, schema).get(field);
  return at !== undefined && objectOrEmpty(document.resolve(at)?.node).format === 'uuid';
}

function isSent({ sent }: CaseExchange, id: unknown): boolean {
  const value = sent.body?.value;
  return isObject(value) && Object.values(value).some((part) => String(part) === String(id));
}
