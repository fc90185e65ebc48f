import { objectOrEmpty } from '../../../json/is-object.ts';
import type { Check } from '../../model/check.ts';
import { updateKind } from '../../plan/requests/update-kind.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { fieldsIn, fieldsSentBy, isAlike, lifeOf, recordInAnswer } from '../judging/record-life.ts';

export const putReplaces: Check = {
  id: 'put-replaces',
  grade: 'contract',
  rule: 'PUT replaces a record: optional fields that it leaves out are gone, or as they are by default (RFC 9110, section 9.3.4).',
  blindTo: 'Fields whose default is what the record had before.',
  phases: ['writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    const create = life?.step('create');
    const update = life?.step('update');
    if (!life || !create || !update || update.response.status >= 300) return [];
    const { operation } = update.exchange;
    const { isSaid, kind } = updateKind(operation);
    if (kind !== 'replace') return [];
    const earlier = life.step('read before update') ?? life.step('list before update');
    const view = life.step('read after update') ?? life.step('list after update');
    const before = earlier && recordInAnswer(life, earlier);
    const after = view && recordInAnswer(life, view);
    if (!before || !after || !view) return [];
    const created = fieldsSentBy(context.document, create.exchange, before)?.body ?? {};
    const asked = fieldsSentBy(context.document, update.exchange, before);
    const names = Object.keys(created);
    const [was, is] = [fieldsIn(before, names), fieldsIn(after, names)];
    const left = names.filter(
      (field) =>
        field !== life.collection.id &&
        asked?.fields.has(field) &&
        !Object.hasOwn(asked.body, field) &&
        isAlike(created[field], was[field]),
    );
    return left.map((field) => {
      const pointer = asked?.fields.get(field) ?? operation.pointer;
      const chain = [operation.pointer, pointer];
      const byDefault = objectOrEmpty(context.document.resolve(pointer)?.node).default;
      const isKept =
        created[field] !== null && isAlike(created[field], is[field]) && !isAlike(byDefault, is[field]);
      if (!isKept) return passedFinding(view.index, chain);
      return failedFinding(view.index, chain, {
        expected: `no ${field}, or its default, since PUT left it out`,
        seen: `${JSON.stringify(is[field])}, as before`,
        location: `body/${field}`,
        // Many servers merge what PUT brings; only where the document speaks of replacing is that a breach.
        ...(!isSaid && { grade: 'convention' }),
      });
    });
  },
};
