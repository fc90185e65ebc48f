import { findRecordIn } from '../../execute/records/find-record.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import { lifeOf } from '../judging/record-life.ts';

export const locationResolves: Check = {
  id: 'location-resolves',
  grade: 'rfc',
  rule: 'The Location of a 201 leads to what was created (RFC 9110, section 15.3.2).',
  blindTo: 'A Location on another server, which is never asked.',
  phases: ['writes'],
  judge(run, context) {
    const steps = answeredSteps(run);
    const create = steps.find(({ exchange }) => exchange.step?.name === 'create');
    const followed = steps.find(({ exchange }) => exchange.step?.at === 'location');
    const location = create?.response.headers.location;
    if (create?.response.status !== 201 || location === undefined) return [];
    const chain = [create.exchange.operation.pointer];
    if (!URL.canParse(location, create.exchange.request.url))
      return [
        failedFinding(create.index, chain, {
          expected: 'a URL',
          seen: location,
          location: 'header/location',
        }),
      ];
    const life = lifeOf(run, context);
    if (!followed || !life || followed.response.status >= 500) return [];
    const { index, response } = followed;
    const expected = `the record ${life.id} at ${location}`;
    // Behind a redirect it may well be.
    if (response.status >= 400)
      return [
        failedFinding(index, chain, { expected, seen: excerpt(response), location: 'header/location' }),
      ];
    const record = findRecordIn(response.json?.value, life.collection.id, [life.id]);
    if (!record || String(record[life.collection.id]) === life.id) return [passedFinding(index, chain)];
    return [failedFinding(index, chain, { expected, seen: excerpt(response), location: 'header/location' })];
  },
};
