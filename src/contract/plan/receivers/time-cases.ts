import type { Case } from '../../model/case.ts';
import type { Grade } from '../../model/grade.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery } from './receiver-case.ts';

/** What a scheme's text or its provider's own library says of stamps that are off; see docs/webhook-schemes.md. */
interface TimeRule {
  /** Seconds that a stamp may be old; undefined: nobody looks at it. */
  readonly tolerance: number | undefined;
  /** Whether stamps of the future are refused. */
  readonly refusesFuture: boolean;
}

const rules: Readonly<Record<string, TimeRule>> = {
  'standard-webhooks': { tolerance: 300, refusesFuture: true },
  stripe: { tolerance: 300, refusesFuture: false },
  discord: { tolerance: undefined, refusesFuture: false },
  sendgrid: { tolerance: undefined, refusesFuture: false },
  mailgun: { tolerance: undefined, refusesFuture: false },
  'aws-sns': { tolerance: undefined, refusesFuture: false },
  sns: { tolerance: undefined, refusesFuture: false },
};
const usualRule: TimeRule = { tolerance: 300, refusesFuture: false };
const tenMinutes = 600;
const aDay = 86_400;

/** Stamps that are older than the scheme tolerates, of the future, in milliseconds, or none. */
export function timeCases(context: ReceiverPlanContext): readonly Case[] {
  const { main, traits } = context;
  if (!traits.signsTime) return [];
  const rule = rules[main.policy.signature.scheme] ?? usualRule;
  const grade: Grade | undefined = rule.tolerance === undefined ? 'convention' : undefined;
  const old = (rule.tolerance ?? 300) + tenMinutes;
  const sendsDate = traits.proofs.length > 0 && !usesDate(context);
  const stale = [
    { what: 'old', title: `stamped ${old} s ago`, age: old },
    { what: 'a-day-old', title: 'stamped a day ago', age: aDay },
    { what: 'a-year-old', title: 'stamped a year ago', age: 365 * aDay },
    ...(traits.takesNoTime
      ? [{ what: 'no-number', title: 'with a stamp that is no time', age: Number.NaN }]
      : []),
    ...(sendsDate
      ? [
          {
            what: 'old-beside-date',
            title: `stamped ${old} s ago, beside a Date header of now`,
            age: old,
            headers: { Date: '{now}' },
          },
        ]
      : []),
  ];
  const early = [
    { what: 'future', title: `stamped ${old} s ahead`, age: -old },
    { what: 'milliseconds', title: 'stamped in milliseconds', age: Number.NEGATIVE_INFINITY },
  ];
  const made = (question: 'stale' | 'future', list: typeof stale | typeof early, graded: Grade | undefined) =>
    list.map(({ title, what, ...stray }) => {
      const { delivery } = receiverDelivery(context, main, what, undefined, {
        ...stray,
        name: title,
        expect: 'refused',
      });
      const parts = { question, family: 'times', setting: 'signature', grade: graded };
      return receiverCase(main, { ...parts, what, title, deliveries: [delivery] });
    });
  return [
    ...made('stale', stale, grade),
    ...made('future', early, rule.refusesFuture ? undefined : 'convention'),
  ];
}

/** Whether the Date header is part of the scheme. */
function usesDate({ main }: ReceiverPlanContext): boolean {
  const { scheme, options } = main.policy.signature;
  return scheme === 'hover' || JSON.stringify(options).includes('{date}');
}
