import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import {
  type AnsweredStep,
  answeredSteps,
  excerpt,
  failedFinding,
  passedFinding,
} from '../judging/findings.ts';
import { changedFields, collectionOf, type Listing, listingOf, missingIn } from '../judging/listings.ts';
import { fieldsSentBy, lifeOf, recordInAnswer } from '../judging/record-life.ts';

export const noTrace: Check = {
  id: 'no-trace',
  grade: 'contract',
  rule: 'A write that is refused leaves no trace: nothing is created, changed or deleted.',
  blindTo: 'Traces that no operation shows.',
  phases: ['authentication', 'writes'],
  judge(run, context) {
    const { document, exclusive } = context;
    const collection = collectionOf(run, context);
    const refused = answeredSteps(run).find(({ exchange }) => exchange.step?.name === 'refused');
    if (!collection || !refused || refused.response.status < 400 || refused.response.status >= 500) return [];
    const chain = [refused.exchange.operation.pointer];
    const findings: Finding[] = [];
    const [before, after] = ['before', 'after'].map((when) =>
      listingOf(run, `list ${when} refusal`, collection),
    );
    if (before && after && (before.isComplete || !exclusive)) {
      const grown = missingIn(after, before).filter((id) => exclusive || isOurs(refused, after, id));
      const expected = `no more of ${collection.name} than before, since the request was refused`;
      const seen = `${grown.slice(0, 3).join(', ')} as well`;
      findings.push(
        grown.length === 0
          ? passedFinding(after.index, chain)
          : failedFinding(after.index, chain, { expected, seen, location: 'body' }),
      );
    }
    const life = lifeOf(run, context);
    if (life && before && after?.isComplete && before.find(life.id) && !after.find(life.id))
      findings.push(
        failedFinding(after.index, chain, {
          expected: `${life.id} in the list still, since the request was refused`,
          seen: 'a list without it',
          location: 'body',
        }),
      );
    const [once, again] = ['before', 'after'].map((when) => life?.step(`read ${when} refusal`));
    const was = life && once && recordInAnswer(life, once);
    const is = life && again && recordInAnswer(life, again);
    if (again && was && [404, 410].includes(again.response.status)) {
      const expected = `the record ${life.id} as before, since the request was refused`;
      return [...findings, failedFinding(again.index, chain, { expected, seen: excerpt(again.response) })];
    }
    if (!again || !was || !is) return findings;
    const asked = fieldsSentBy(document, refused.exchange, was)?.body ?? {};
    const changed = changedFields(was, is, (field) => Object.hasOwn(asked, field));
    if (changed.length === 0) return [...findings, passedFinding(again.index, chain)];
    return [
      ...findings,
      ...changed.map((field) =>
        failedFinding(again.index, chain, {
          expected: `${field} is ${JSON.stringify(was[field])} still, since the update was refused`,
          seen: JSON.stringify(is[field]) ?? 'nothing',
          location: `body/${field}`,
          ...(!Object.hasOwn(asked, field) && { grade: 'convention' }),
        }),
      ),
    ];
  },
};

/** On an account that others use too, a new record is taken for the refused one's when it has the addresses that only the run sends. */
function isOurs({ exchange }: AnsweredStep, list: Listing, id: string): boolean {
  const item = list.find(id);
  const text = JSON.stringify(exchange.sent.body?.value ?? null);
  const own = text.match(/sparring-[0-9a-f]{12}/g) ?? [];
  return item !== undefined && own.some((name) => JSON.stringify(item).includes(name));
}
