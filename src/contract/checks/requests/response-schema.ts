import { childOf } from '../../../json/json-pointer.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import { findMediaType } from '../../../openapi/document/media-type.ts';
import type { Check } from '../../model/check.ts';
import {
  answeredSteps,
  failedFinding,
  isOfProtocol,
  passedFinding,
  withoutSecrets,
} from '../judging/findings.ts';
import { keysOfLocation, schemaChain } from '../judging/provenance-of.ts';

/** More violations of one answer than this help nobody. */
const mostOfOne = 5;

export const responseSchema: Check = {
  id: 'response-schema',
  grade: 'contract',
  rule: 'A JSON body is as its schema says.',
  blindTo:
    'Whether what the body says is true; bodies that are not JSON; fields that the schema leaves open.',
  judge: (run, { document, validators }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const declared = findResponse(exchange.operation, response.status);
      const sent = response.headers['content-type'];
      const found = declared && sent !== undefined ? findMediaType(declared.mediaTypes, sent) : undefined;
      if (!declared || !found || found.schema === undefined || !response.json) return [];
      if (isOfProtocol(exchange, response)) return [];
      const { schema } = found;
      const { value } = response.json;
      const violations = validators.validate(schema, value, 'response', 'body');
      const above = [declared.pointer, found.pointer];
      if (violations.length === 0)
        return [passedFinding(index, [...above, ...schemaChain(document, schema, [])])];
      return violations.slice(0, mostOfOne).map(({ location, message }) => {
        const keys = keysOfLocation(location);
        const seen = JSON.stringify(keys.reduce<unknown>(childOf, value)) ?? 'nothing';
        const chain = [...above, ...schemaChain(document, schema, keys)];
        return failedFinding(index, chain, {
          expected: `${location} ${message}`,
          seen: withoutSecrets(seen).slice(0, 200),
          location,
        });
      });
    }),
};
