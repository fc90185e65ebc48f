import type { ApiDocument } from '../../../openapi/document/document.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import type { Check } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

/** HEAD is answered wherever GET is, and OPTIONS by many servers; no document says so (RFC 9110, sections 9.3.2 and 9.3.7). */
const asides: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);

export const methodNotAllowed: Check = {
  id: 'method-not-allowed',
  grade: 'rfc',
  rule: 'A method that a path does not have is refused; a 405 names those it has in Allow (RFC 9110, section 15.5.6).',
  blindTo: 'Methods beyond those that are common.',
  phases: ['methods'],
  judge: (run, { document, isMock }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { operation, request } = exchange;
      if (exchange.expect !== 'method-refused' || response.status >= 500) return [];
      const chain = [operation.pointer];
      const seen = excerpt(response);
      const isAside = asides.has(request.method);
      if (response.status < 300) {
        if (isAside) return [passedFinding(index, chain)];
        const expected = `${request.method} is not declared, so 405`;
        const grade = isAlias(document, exchange) ? 'convention' : undefined;
        return [failedFinding(index, chain, { expected, seen, location: 'status', ...(grade && { grade }) })];
      }
      if (response.status !== 405) {
        if (isAside) return [];
        return [
          failedFinding(index, chain, { expected: '405', seen, location: 'status', grade: 'convention' }),
        ];
      }
      const { allow } = response.headers;
      // Most routers leave it out or know nothing of other methods; only a document that shows it makes it a promise.
      const usual = isMock || showsAllow(exchange) ? {} : ({ grade: 'convention' } as const);
      if (allow === undefined)
        return [
          failedFinding(index, chain, {
            expected: 'a header field Allow',
            seen: '405 without Allow',
            location: 'header/allow',
            ...usual,
          }),
        ];
      const allowed = new Set(allow.split(',').map((method) => method.trim().toUpperCase()));
      const missing = document.operations
        .filter(({ path }) => path === operation.path)
        .map(({ method }) => method.toUpperCase())
        .filter((method) => !allowed.has(method));
      if (missing.length === 0) return [passedFinding(index, chain)];
      const expected = `Allow names ${missing.join(', ')}`;
      return [
        failedFinding(index, chain, {
          expected,
          seen: `Allow: ${allow}`,
          location: 'header/allow',
          ...usual,
        }),
      ];
    }),
};

function showsAllow({ operation }: CaseExchange): boolean {
  return findResponse(operation, 405)?.headers.some(({ name }) => name.toLowerCase() === 'allow') === true;
}

/** Frameworks take PUT and PATCH for the same, and a page may be shown where a form is sent to; that is no breach of what is declared. */
function isAlias({ operations }: ApiDocument, { operation, request }: CaseExchange): boolean {
  const other = { PUT: 'patch', PATCH: 'put' }[request.method];
  return (
    request.method === 'GET' ||
    operations.some(({ method, path }) => path === operation.path && method === other)
  );
}
