import type { Pointer } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import type { Check } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { BrokenRule } from '../../model/step.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import { keysOfLocation, schemaChain } from '../judging/provenance-of.ts';

/** Statuses that say nothing about the rule that was broken. */
const aside: ReadonlySet<number> = new Set([401, 403, 429]);

export const negativeRefused: Check = {
  id: 'negative-refused',
  grade: 'contract',
  rule: 'A request that breaks a rule of the document is refused.',
  blindTo: 'Whether it is refused for that rule, or for another reason.',
  phases: ['negatives', 'fuzzing'],
  judge: (run, { document }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const broken = exchange.step?.broken;
      if (!broken || exchange.expect !== 'refused' || response.status >= 500 || aside.has(response.status))
        return [];
      const chain = chainTo(document, exchange, broken);
      if (response.status >= 400) return [passedFinding(index, chain)];
      const expected = `a 4xx, since ${broken.location} ${broken.message}`;
      const { grade, location } = broken;
      return [
        failedFinding(index, chain, { expected, seen: excerpt(response), location, ...(grade && { grade }) }),
      ];
    }),
};

/** The pointers that lead to a broken rule: the operation, the parameter or body, the schemas on the way. */
function chainTo(
  document: ApiDocument,
  { operation, sent }: CaseExchange,
  broken: BrokenRule,
): readonly Pointer[] {
  const [place] = broken.location.split('/', 1);
  const keys = keysOfLocation(broken.location);
  if (place === 'body') {
    const media = operation.requestBody?.mediaTypes.find(({ name }) => name === sent.body?.mediaType);
    if (!media) return [operation.pointer, broken.pointer];
    const schemas = media.schema === undefined ? [] : schemaChain(document, media.schema, keys);
    return [operation.pointer, media.pointer, ...schemas, broken.pointer];
  }
  const parameter = operation.parameters.find((each) => each.in === place && each.name === keys[0]);
  const schemas = parameter?.schema === undefined ? [] : schemaChain(document, parameter.schema, []);
  return [operation.pointer, ...schemas, broken.pointer];
}
