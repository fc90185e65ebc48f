import { isObject } from '../../../json/is-object.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import { parseMediaType } from '../../../openapi/document/media-type.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, failedFinding, passedFinding } from '../judging/findings.ts';

export const errorBody: Check = {
  id: 'error-body',
  grade: 'rfc',
  rule: 'A problem document is an object whose status, if it has one, is that of the answer (RFC 9457, section 3.1).',
  blindTo: 'Whether an error says what is really wrong.',
  judge: (run) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const essence = parseMediaType(response.headers['content-type'] ?? '')?.essence;
      // RFC 9110, section 9.3.2: an answer to HEAD has no content.
      if (
        response.status < 400 ||
        essence !== 'application/problem+json' ||
        exchange.request.method === 'HEAD'
      )
        return [];
      const declared = findResponse(exchange.operation, response.status);
      const chain = [declared?.pointer ?? exchange.operation.pointer];
      const value = response.json?.value;
      if (!isObject(value))
        return [
          failedFinding(index, chain, {
            expected: 'a JSON object',
            seen: response.text.slice(0, 200),
            location: 'body',
          }),
        ];
      const { status, type } = value;
      if (status !== undefined && status !== response.status) {
        const expected = `status ${response.status}, as that of the answer`;
        return [
          failedFinding(index, chain, { expected, seen: JSON.stringify(status), location: 'body/status' }),
        ];
      }
      if (type !== undefined && typeof type !== 'string')
        return [
          failedFinding(index, chain, {
            expected: 'a URI',
            seen: JSON.stringify(type),
            location: 'body/type',
          }),
        ];
      return [passedFinding(index, chain)];
    }),
};
