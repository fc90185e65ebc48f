import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { type AnsweredStep, answeredSteps, failedFinding, passedFinding } from '../judging/findings.ts';

interface Refusal extends AnsweredStep {
  /** Index of its run. */
  readonly run: number;
}

export const challengeSent: Check = {
  id: 'challenge-sent',
  grade: 'rfc',
  rule: 'A 401 says in WWW-Authenticate which credentials are asked for (RFC 9110, section 15.5.2), everywhere or nowhere.',
  blindTo: 'APIs that never say so, as many do not; what the field says.',
  phases: ['authentication'],
  judge: () => [],
  judgeAll(runs) {
    const refusals = runs.flatMap((run, at) =>
      answeredSteps(run).flatMap((step): readonly Refusal[] =>
        step.exchange.expect === 'unauthenticated' && step.response.status === 401
          ? [{ ...step, run: at }]
          : [],
      ),
    );
    return [...Map.groupBy(refusals, groupOf).values()].flatMap(judgeGroup);
  },
};

/** Refusals for the same reason, of operations that ask for the same credentials. */
function groupOf({ exchange }: Refusal): string {
  return JSON.stringify([exchange.sent.credentials, exchange.operation.security]);
}

function judgeGroup(refusals: readonly Refusal[]): readonly (Finding & { readonly run: number })[] {
  const eventCause = refusals.find(({ response }) => response.headers['www-authenticate'] !== undefined);
  if (!eventCause) return [];
  return refusals.map(({ exchange, index, response, run }) => {
    const chain = [exchange.operation.pointer];
    if (response.headers['www-authenticate'] !== undefined) return { ...passedFinding(index, chain), run };
    const expected = `a header field WWW-Authenticate, as in the 401 of ${eventCause.exchange.operation.id}`;
    const failure = { expected, seen: '401 without it', location: 'header/www-authenticate' };
    return { ...failedFinding(index, chain, failure), run };
  });
}
