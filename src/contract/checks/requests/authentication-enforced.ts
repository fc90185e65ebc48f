import { pointerTo } from '../../../json/json-pointer.ts';
import type { Check } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { CredentialUse } from '../../model/request-template.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

const shown: Readonly<Record<CredentialUse, string>> = {
  valid: '',
  none: 'no credentials were sent',
  wrong: 'the credentials are wrong',
  expired: 'the token has expired',
  'without-scope': 'the token lacks the scope',
  tampered: 'one character of the credentials was changed',
  'wrong-scheme': 'the credentials are not of the declared scheme',
  empty: 'the credentials are empty',
  'wrong-password': 'the password is wrong',
  misplaced: 'the key is not where it is declared to be',
  partial: 'only some of the credentials were sent that are needed together',
};

/** Whoever is accepted with such a value holds the right credential all the same, so acceptance proves nothing. */
const lenient: ReadonlySet<CredentialUse> = new Set(['wrong-scheme', 'misplaced']);

export const authenticationEnforced: Check = {
  id: 'authentication-enforced',
  grade: 'contract',
  rule: 'An operation that asks for credentials refuses requests without them or a part of them, with wrong, changed, empty or expired ones, and with too few scopes.',
  blindTo:
    'Credentials of somebody else; a refusal as not found counts, where the document declares neither 401 nor 403.',
  phases: ['authentication'],
  judge: (run) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { expect, operation, sent } = exchange;
      const { status } = response;
      if (expect !== 'unauthenticated' && expect !== 'forbidden') return [];
      if (status >= 500 || status === 429) return [];
      const chain = [operation.pointer, pointerTo(operation.pointer, 'security')];
      const allowed = refusalsOf(exchange);
      if (allowed.includes(status)) return [passedFinding(index, chain)];
      const expected = `${allowed.join(' or ')}, since ${shown[sent.credentials]}`;
      // Another refusal still lets nobody in.
      const grade = status >= 400 || lenient.has(sent.credentials) ? 'convention' : undefined;
      return [
        failedFinding(index, chain, {
          expected,
          seen: excerpt(response),
          location: 'status',
          ...(grade && { grade }),
        }),
      ];
    }),
};

function refusalsOf({ expect, operation }: CaseExchange): readonly number[] {
  const declared = operation.responses.map(({ status }) => status);
  const usual = expect === 'forbidden' && declared.includes('403') ? [403] : [401, 403];
  return declared.includes('401') || declared.includes('403') ? usual : [...usual, 400, 404, 407];
}
