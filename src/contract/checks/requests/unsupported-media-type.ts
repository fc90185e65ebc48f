import { pointerTo } from '../../../json/json-pointer.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

/** Other ways to say that the body cannot be read. */
const refusals: ReadonlySet<number> = new Set([400, 406, 422]);

export const unsupportedMediaType: Check = {
  id: 'unsupported-media-type',
  grade: 'contract',
  rule: 'A body of a media type that is not declared is refused, by custom with 415 (RFC 9110, section 15.5.16).',
  blindTo: 'Media types that the server reads beside the declared ones, but for the one that was sent.',
  phases: ['methods'],
  judge: (run) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { status } = response;
      if (exchange.expect !== 'media-type-refused' || status >= 500 || status === 429) return [];
      const chain = [pointerTo(exchange.operation.pointer, 'requestBody')];
      if (status === 415) return [passedFinding(index, chain)];
      const names = exchange.operation.requestBody?.mediaTypes.map(({ name }) => name).join(', ');
      const expected = `415, since only ${names} is declared`;
      const failure = { expected, seen: excerpt(response), location: 'status' };
      if (status < 400) return [failedFinding(index, chain, failure)];
      return [
        refusals.has(status)
          ? passedFinding(index, chain)
          : failedFinding(index, chain, { ...failure, grade: 'convention' }),
      ];
    }),
};
