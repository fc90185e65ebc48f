import { isObject } from '../../../json/is-object.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import { examplePayload } from '../../../openapi/webhooks/webhook-payload.ts';
import type { Case } from '../../model/case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery } from './receiver-case.ts';
import type { ReceiverSubject } from './receiver-subject.ts';

/** More examples of one event than this are not sent. */
const mostExamples = 10;
/** More fields than this are not left out. */
const mostFields = 60;

/** Every event as the document shows it, varied, with all that its schema knows, and without all that it does not ask for. */
export function eventCases(context: ReceiverPlanContext, plan: PlanContext): readonly Case[] {
  return context.subjects.flatMap((subject) =>
    variantsOf(subject, plan, context.seed).map(({ payload, title, what }) => {
      const { delivery } = receiverDelivery(
        context,
        { ...subject, payload },
        `${subject.definition.event} ${what}`,
      );
      const parts = { question: 'event', family: 'events', setting: 'success' } as const;
      return receiverCase(subject, { ...parts, what, title, deliveries: [delivery] });
    }),
  );
}

interface Variant {
  readonly what: string;
  readonly title: string;
  readonly payload: unknown;
}

function variantsOf(subject: ReceiverSubject, plan: PlanContext, seed: number): readonly Variant[] {
  const { definition, payload } = subject;
  const shown = definition.examples
    .filter(({ value }) => subject.allows(value))
    .slice(0, mostExamples)
    .map(({ name, value }) => ({
      what: `example ${name}`,
      title: `the example "${name}"`,
      payload: value,
    }));
  const first = { what: 'payload', title: 'a payload made from its schema', payload };
  const variants: readonly Variant[] = [
    ...(shown.length > 0 ? shown : [first]),
    ...made('varied', 'with other ids, times and amounts', () =>
      examplePayload(plan.document, plan.validators, definition, { seed }),
    ),
    ...made('generated', 'with all that its schema knows', () =>
      examplePayload(plan.document, plan.validators, { ...definition, examples: [] }, { seed }),
    ),
    ...made('least', 'without what its schema does not ask for', () => withoutOptionalFields(subject)),
  ];
  const distinct = new Map(variants.toReversed().map((each) => [JSON.stringify(each.payload), each]));
  return [...distinct.values()].toReversed();
}

function made(what: string, title: string, make: () => unknown): readonly Variant[] {
  try {
    return [{ what, title, payload: make() }];
  } catch {
    // What the schema does not allow to be made is no event.
    return [];
  }
}

/** The payload with every field left out that the document does not require. */
function withoutOptionalFields({ allows, payload }: ReceiverSubject): unknown {
  let least = payload;
  let tries = 0;
  const visit = (keys: readonly string[], value: unknown): void => {
    if (!isObject(value)) return;
    for (const [key, part] of Object.entries(value)) {
      tries += 1;
      if (tries > mostFields) return;
      const fewer = withValueAt(least, [...keys, key], undefined);
      if (allows(fewer)) least = fewer;
      else visit([...keys, key], part);
    }
  };
  visit([], payload);
  return least;
}
