import { withValueAt } from '../../../json/with-value-at.ts';
import type { Case } from '../../model/case.ts';
import type { ReceiverArm, ReceiverDelivery } from '../../model/receiver-run.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery } from './receiver-case.ts';
import type { ReceiverSubject } from './receiver-subject.ts';
import { type RelatedEvents, relatedEvents } from './related-events.ts';
import { hasVersion, withVersion } from './with-version.ts';

type Verb = keyof RelatedEvents;
/** What became of a thing, and when: a greater number is later. */
type Change = readonly [Verb, number];

const orders: readonly {
  readonly what: string;
  readonly title: string;
  readonly arrive: readonly Change[];
}[] = [
  {
    what: 'update-before-create',
    title: 'an update comes before the creation',
    arrive: [
      ['updated', 2],
      ['created', 1],
    ],
  },
  {
    what: 'older-update-last',
    title: 'an older update comes after a newer one',
    arrive: [
      ['created', 1],
      ['updated', 3],
      ['updated', 2],
    ],
  },
  {
    what: 'older-update-after-newer',
    title: 'an older update comes after a newer one, and nothing before',
    arrive: [
      ['updated', 3],
      ['updated', 2],
    ],
  },
  {
    what: 'delete-of-unknown',
    title: 'a deletion comes of what nothing is known of',
    arrive: [
      ['deleted', 3],
      ['created', 1],
    ],
  },
  {
    what: 'update-after-delete',
    title: 'an update comes after the deletion that followed it',
    arrive: [
      ['created', 1],
      ['deleted', 3],
      ['updated', 2],
    ],
  },
];

/** Most kinds of things whose events are sent in other orders. */
const mostKinds = 3;
const moment = new Date('2026-01-01T00:00:00Z');

/** Events of one thing in another order than they happened: none may break the receiver, and with a probe the newest state stays. */
export function orderCases(context: ReceiverPlanContext): readonly Case[] {
  const kinds = relatedEvents(context.subjects)
    .toSorted((one, other) => countOf(other) - countOf(one))
    .slice(0, mostKinds);
  return kinds.flatMap((events) =>
    orders.flatMap(({ arrive, title, what }) => {
      const subjects = arrive.map(([verb]) => events[verb]);
      const [first] = subjects;
      if (!first || subjects.includes(undefined)) return [];
      const kind = { context, events };
      const lost = arm(kind, arrive, `${first.definition.event} ${what}`);
      const parts = { family: 'order', what, title, setting: 'success' } as const;
      const survived = receiverCase(first, { ...parts, question: 'order', deliveries: lost.deliveries });
      const isOrdered = subjects.every((subject) => subject && hasVersion(subject));
      if (!context.hasProbe || !isOrdered) return [survived];
      return [survived, stateCase(kind, first, { arrive, title, what })];
    }),
  );
}

interface Kind {
  readonly context: ReceiverPlanContext;
  readonly events: RelatedEvents;
}

/** In order, in order once more, and out of order: what stands at the end must be the same. */
function stateCase(
  kind: Kind,
  first: ReceiverSubject,
  {
    arrive,
    title,
    what,
  }: { readonly arrive: readonly Change[]; readonly title: string; readonly what: string },
): Case {
  const key = `${first.definition.event} state ${what}`;
  const inOrder = arrive.toSorted(([, one], [, other]) => one - other);
  const arms = [
    arm(kind, inOrder, `${key} 1`),
    arm(kind, inOrder, `${key} 2`),
    arm(kind, arrive, `${key} 3`),
  ];
  return receiverCase(first, {
    question: 'state',
    family: 'order',
    what: `${what}-state`,
    title: `${title}; the newest state stays`,
    setting: 'success',
    deliveries: arms.flatMap(({ deliveries }) => deliveries),
    arms: arms.map((each) => each.arm),
  });
}

/** What happened to one thing, in the order in which it arrives. */
function arm(
  { context, events }: Kind,
  arrive: readonly Change[],
  key: string,
): { readonly deliveries: readonly ReceiverDelivery[]; readonly arm: ReceiverArm } {
  const made = arrive.flatMap(([verb, at]) => {
    const subject = events[verb];
    if (!subject) return [];
    const keys = { event: `${key} ${verb} ${at}`, record: key };
    const change = (payload: unknown) => withVersion(subject, texted(subject, payload, at), at, moment);
    const name = `${verb}, as of ${at} o’clock`;
    return [{ ...receiverDelivery(context, subject, keys, change, { name }), at }];
  });
  const ordered = made.toSorted((one, other) => one.at - other.at);
  return {
    deliveries: made.map(({ delivery }) => delivery),
    // By when it happened, so that equal ones have equal places whatever the order of arrival.
    arm: { deliveries: made.length, tokens: ordered.flatMap(({ tokens }) => tokens) },
  };
}

/** Says in the thing itself which of its states it is. */
function texted({ allows, freeText, record = [] }: ReceiverSubject, payload: unknown, at: number): unknown {
  const isOfRecord = freeText && record.every((key, index) => freeText.keys[index] === key);
  if (!freeText || !isOfRecord) return payload;
  const changed = withValueAt(payload, freeText.keys, `state ${at}`);
  return allows(changed) ? changed : payload;
}

function countOf({ created, deleted, updated }: RelatedEvents): number {
  return [created, deleted, updated].filter((subject) => subject !== undefined).length;
}
