import { pointerTo } from '../../../json/json-pointer.ts';
import { declaresSuccess, findResponse } from '../../../openapi/document/find-response.ts';
import type { Check } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { CasePhase } from '../../model/phase.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

/** What HTTP itself answers, whatever an operation is for (RFC 9110, section 15.5; RFC 6585). */
const ofHttp: ReadonlySet<number> = new Set([
  405, 406, 408, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431,
]);

/** What is answered to a name, a login or an id that means nothing to the server. */
const ofMadeUp: ReadonlySet<number> = new Set([401, 402, 403, 404, 410]);

/** Phases whose values may ask for what no document promises. */
const ofValues: ReadonlySet<CasePhase> = new Set(['positives', 'fuzzing']);

export const statusDocumented: Check = {
  id: 'status-documented',
  grade: 'contract',
  rule: 'An answer has a status that the document declares for its operation.',
  blindTo: 'Statuses of situations that the run did not bring about.',
  judge: (run, { isMock }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { operation } = exchange;
      if (response.status >= 500 || isOutside(exchange, response.status)) return [];
      if (ofValues.has(run.case.phase) && isOfValues(exchange, response.status)) return [];
      const found = findResponse(operation, response.status);
      const pointer = pointerTo(operation.pointer, 'responses');
      if (found) return [passedFinding(index, [pointerTo(pointer, found.status), found.pointer])];
      const declared = operation.responses.map(({ status }) => status).join(', ');
      const expected = `one of ${declared || 'no statuses'}`;
      const failure = { expected, seen: excerpt(response), location: 'status' };
      return [
        failedFinding(
          index,
          [pointer],
          isUsual(exchange, response.status) || (!isMock && ofMadeUp.has(response.status))
            ? { ...failure, grade: 'convention' }
            : failure,
        ),
      ];
    }),
};

/** What is not there, is taken already or makes no sense beside the rest is no breach of the document by whoever says so. */
function isOfValues({ expect }: CaseExchange, status: number): boolean {
  return expect === 'any' && [400, 404, 409, 422].includes(status);
}

/** Documents that say nothing of success, of invalid input, or of what is not there, leave it to the server how that is answered. */
function isUsual({ expect, operation, step }: CaseExchange, status: number): boolean {
  if (status < 300) return !declaresSuccess(operation);
  // So is what is behind the last page.
  if (expect === 'any' && step?.pages && [400, 404, 422].includes(status)) return true;
  if (status === 404 || status === 410) return operation.path.includes('{') && expect !== 'accepted';
  if (expect !== 'refused' || ![400, 404, 422].includes(status)) return false;
  // RFC 9110, sections 15.5.1 and 15.5.21: one stands for the other wherever it is about what a client got wrong.
  if (status !== 404 && findResponse(operation, status === 400 ? 422 : 400)) return true;
  return !operation.responses.some((response) => /^(?:400|422|4XX)$/.test(response.status));
}

/** Answers that documents commonly leave out, to requests that were made to be refused. */
function isOutside({ expect, operation, step }: CaseExchange, status: number): boolean {
  if (expect === 'method-refused') return true;
  // What is deleted once more may well not be there.
  if (expect === 'any' && step?.deletes !== undefined && (status === 404 || status === 410)) return true;
  // RFC 9110, section 15.5.1: a body that is malformed as a whole, which many readers say of JSON that is no object.
  if (status === 400 && step?.broken?.location === 'body') return true;
  if (ofHttp.has(status)) return true;
  if (status === 401 || status === 403) return expect === 'unauthenticated' || expect === 'forbidden';
  const declaresErrors = operation.responses.some((response) => /^4|^default$/.test(response.status));
  return status >= 400 && expect !== 'accepted' && !declaresErrors;
}
