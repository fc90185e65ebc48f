import { pointerTo } from '../../../json/json-pointer.ts';
import { prepareAnswerCheck } from '../../../openapi/answer/check-answer.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, failedFinding, isOfProtocol, passedFinding } from '../judging/findings.ts';

export const responseHeaders: Check = {
  id: 'response-headers',
  grade: 'contract',
  rule: 'An answer has the header fields that the document requires, and all declared ones are as their schemas say.',
  blindTo: 'Header fields that the document does not declare.',
  judge: (run, { document, validators }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      if (isOfProtocol(exchange, response)) return [];
      const declared = findResponse(exchange.operation, response.status);
      if (!declared || declared.headers.length === 0) return [];
      const check = prepareAnswerCheck(document, validators, exchange.operation);
      const violations = check.checkHeaders(response.status, response.headers);
      const chain = [declared.pointer, pointerTo(declared.pointer, 'headers')];
      if (violations.length === 0) return [passedFinding(index, chain)];
      return violations.map(({ location, message }) => {
        const name = location.replace(/^header\//, '').split('/', 1)[0] ?? '';
        const header = declared.headers.find((each) => each.name.toLowerCase() === name);
        const at = header ? [...chain, pointerTo(declared.pointer, 'headers', header.name)] : chain;
        const seen = response.headers[name] ?? 'nothing';
        return failedFinding(index, at, { expected: `${location} ${message}`, seen, location });
      });
    }),
};
