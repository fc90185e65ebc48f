import { pointerTo } from '../../../json/json-pointer.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import { findMediaType, isJsonType, parseMediaType } from '../../../openapi/document/media-type.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, excerpt, failedFinding, isOfProtocol, passedFinding } from '../judging/findings.ts';

/** RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

export const mediaType: Check = {
  id: 'media-type',
  grade: 'contract',
  rule: 'A body has a media type that the document declares for its status, and is written as that type.',
  blindTo: 'Bodies where the document declares none; the syntax of other types than JSON.',
  judge: (run, { isMock }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      if (isOfProtocol(exchange, response) || exchange.request.method === 'HEAD') return [];
      const declared = findResponse(exchange.operation, response.status);
      if (!declared || declared.mediaTypes.length === 0 || bodiless.has(response.status)) return [];
      const chain = [declared.pointer, pointerTo(declared.pointer, 'content')];
      const names = declared.mediaTypes.map(({ name }) => name).join(' or ');
      const fail = (seen: string) => [
        failedFinding(index, chain, {
          expected: names,
          seen,
          location: 'header/content-type',
          // What is not found is as a rule said by a router, which knows nothing of the document.
          ...(!isMock &&
            response.status === 404 &&
            exchange.expect !== 'accepted' && { grade: 'convention' }),
        }),
      ];
      if (response.body.length === 0) return fail(`${response.status} without a body`);
      const sent = response.headers['content-type'];
      if (sent === undefined) return fail('no Content-Type');
      const found = findMediaType(declared.mediaTypes, sent);
      if (!found) return fail(sent);
      if (isJsonType(parseMediaType(sent)?.essence ?? '') && !response.json)
        return fail(`${sent}, but the body is no JSON: ${excerpt(response)}`);
      return [passedFinding(index, [declared.pointer, found.pointer])];
    }),
};
