import type { Check } from '../types.ts';
import { answeredSteps, excerpt, failed, passed } from './findings.ts';

export const methodNotAllowed: Check = {
  id: 'method-not-allowed',
  grade: 'rfc',
  rule: 'A method that a path does not have is refused; a 405 names those it has in Allow (RFC 9110, section 15.5.6).',
  blindTo: 'More than one undeclared method of a path.',
  phases: ['methods'],
  judge: (run, { document }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { operation, request } = exchange;
      if (exchange.expect !== 'method-refused' || response.status >= 500) return [];
      const chain = [operation.pointer];
      const seen = excerpt(response);
      if (response.status < 300)
        return [
          failed(index, chain, {
            expected: `${request.method} is not declared, so 405`,
            seen,
            location: 'status',
          }),
        ];
      if (response.status !== 405)
        return [failed(index, chain, { expected: '405', seen, location: 'status', grade: 'convention' })];
      const { allow } = response.headers;
      if (allow === undefined)
        return [
          failed(index, chain, {
            expected: 'a header field Allow',
            seen: '405 without Allow',
            location: 'header/allow',
          }),
        ];
      const allowed = new Set(allow.split(',').map((method) => method.trim().toUpperCase()));
      const missing = document.operations
        .filter(({ path }) => path === operation.path)
        .map(({ method }) => method.toUpperCase())
        .filter((method) => !allowed.has(method));
      if (missing.length === 0) return [passed(index, chain)];
      const expected = `Allow names ${missing.join(', ')}`;
      return [failed(index, chain, { expected, seen: `Allow: ${allow}`, location: 'header/allow' })];
    }),
};
