import { withValueAt } from '../../../json/with-value-at.ts';
import { checkPayload } from '../../../openapi/webhooks/webhook-payload.ts';
import type { Case } from '../../model/case.ts';
import type { Grade } from '../../model/grade.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { payloadLeaves } from './payload-leaves.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery } from './receiver-case.ts';
import type { ReceiverSubject } from './receiver-subject.ts';

/** Most events that are sent with what the document does not know, and most fields of each. */
const mostSubjects = 4;
const mostFields = 8;
/** A name that objects of some languages have a method of. */
const inherited = 'toString';

/** Events, fields, values and nulls that the document does not know: a provider adds such without asking. */
export function unknownCases(context: ReceiverPlanContext, plan: PlanContext): readonly Case[] {
  const { main, subjects } = context;
  const chosen = [main, ...subjects.filter((subject) => subject !== main)].slice(0, mostSubjects);
  return [
    ...unknownEvents(context),
    ...chosen.flatMap((subject) =>
      changesOf(subject, plan).map(({ change, grade, title, what }) => {
        const key = `${subject.definition.event} ${what}`;
        const { delivery } = receiverDelivery(context, subject, key, change, { name: title });
        return receiverCase(subject, { ...parts, what, title, grade, deliveries: [delivery] });
      }),
    ),
  ];
}

const parts = { question: 'unknown', family: 'unknown', setting: 'success' } as const;

interface Change {
  readonly what: string;
  readonly title: string;
  readonly grade?: Grade | undefined;
  readonly change: (payload: unknown) => unknown;
}

function unknownEvents(context: ReceiverPlanContext): readonly Case[] {
  const { main } = context;
  const { eventName, policy } = main;
  const inHeader = Object.values(policy.headers).some((template) => template.includes('{event}'));
  if (!eventName && !inHeader) return [];
  const { event } = main.definition;
  const names = [event.replace(/[^._:/-]+$/, 'sparring-unknown'), inherited];
  return names.map((name, index) => {
    const title = `an event that the document does not know, "${name}"`;
    const what = index === 0 ? 'event' : 'event-named-as-a-method';
    const change = (payload: unknown) => (eventName ? withValueAt(payload, eventName, name) : payload);
    const { delivery } = receiverDelivery(context, main, `unknown ${what}`, change, { name: title });
    return receiverCase(main, { ...parts, what, title, deliveries: [{ ...delivery, event: name }] });
  });
}

function changesOf(subject: ReceiverSubject, { validators }: PlanContext): readonly Change[] {
  const { definition, eventName, payload, record = [] } = subject;
  const put = (keys: readonly string[], value: unknown) => (whole: unknown) =>
    withValueAt(whole, keys, value);
  const leaves = payloadLeaves(payload).filter(
    ({ keys }) => keys.length > 0 && keys.join('/') !== eventName?.join('/'),
  );
  const near = leaves.toSorted((one, other) => farness(one.keys, record) - farness(other.keys, record));
  const isOptional = (keys: readonly string[]) => subject.allows(put(keys, undefined)(payload));
  const isNullable = (keys: readonly string[]) => subject.allows(put(keys, null)(payload));
  const nulls = near
    .filter(({ keys, value }) => value !== null && (isNullable(keys) || isOptional(keys)))
    .slice(0, mostFields)
    .map(({ keys }): Change => {
      const title = `null in ${keys.join('.')}`;
      const grade = isNullable(keys) ? undefined : 'convention';
      return { what: `null-in-${keys.join('.')}`, title, grade, change: put(keys, null) };
    });
  const isEnum = (keys: readonly string[], value: unknown) =>
    typeof value === 'string' &&
    checkPayload(validators, definition, put(keys, strange)(payload)).some(({ code }) => code === 'enum');
  const values = near
    .filter(({ keys, value }) => isEnum(keys, value))
    .slice(0, mostFields)
    .map(({ keys }): Change => {
      const title = `an unknown value in ${keys.join('.')}`;
      return { what: `value-in-${keys.join('.')}`, title, change: put(keys, strange) };
    });
  const title = 'a field that the document does not know';
  return [{ what: 'field', title, change: put([...record, 'sparring_unknown'], 'new') }, ...nulls, ...values];
}

const strange = 'sparring_unknown';

/** Fields of the thing itself first. */
function farness(keys: readonly string[], record: readonly string[]): number {
  const isInside = record.every((key, index) => keys[index] === key);
  return isInside ? keys.length - record.length : 10 + keys.length;
}
