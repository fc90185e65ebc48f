import type { Check } from '../../model/check.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { differences, gradeOf, lifeOf, recordInAnswer, shownSchema } from '../judging/record-life.ts';

export const readAfterUpdate: Check = {
  id: 'read-after-update',
  grade: 'contract',
  rule: 'A record that was updated shows the fields as they were sent, read by itself and in the list.',
  blindTo: 'Fields that the record does not show.',
  phases: ['sequences', 'writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    if (!life) return [];
    return life.steps.flatMap((update) => {
      if (update.exchange.step?.name !== 'update' || update.response.status >= 300) return [];
      const next = life.step('update', update.index)?.index ?? Number.POSITIVE_INFINITY;
      const views = ['read after update', 'list after update']
        .map((name) => life.step(name, update.index))
        .filter((view) => view !== undefined && view.index < next);
      return [update, ...views].flatMap((seenIn) => {
        const record = seenIn && recordInAnswer(life, seenIn);
        if (!seenIn || !record) return [];
        const chain = [update.exchange.operation.pointer];
        const schema = shownSchema(context, life, seenIn.exchange.operation);
        const found = differences(context.document, update.exchange, record, schema);
        if (found.length === 0) return [passedFinding(seenIn.index, chain)];
        return found.map((difference) =>
          failedFinding(seenIn.index, chain, {
            expected: `${difference.field} is ${JSON.stringify(difference.sent)}, as it was updated to`,
            seen: JSON.stringify(difference.seen) ?? 'nothing',
            location: `body/${difference.field}`,
            ...gradeOf(context, update.exchange, difference),
          }),
        );
      });
    });
  },
};
