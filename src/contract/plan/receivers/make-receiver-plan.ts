import { SparringError } from '../../../errors.ts';
import type { Case } from '../../model/case.ts';
import type { Gap, Plan } from '../../model/plan.ts';
import { createChoice, type Narrowing } from '../narrow-plan.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { anotherSecret } from './another-secret.ts';
import { byteCases, numberCases } from './byte-cases.ts';
import { duplicateCases } from './duplicate-cases.ts';
import { effectCases } from './effect-cases.ts';
import { eventCases } from './event-cases.ts';
import { freshPayload } from './fresh-payload.ts';
import { nonsenseCases } from './nonsense-cases.ts';
import { orderCases } from './order-cases.ts';
import type { ReceiverPlanContext } from './receiver-case.ts';
import { type ReceiverSubject, receiverSubjects } from './receiver-subject.ts';
import { eventLife } from './related-events.ts';
import { schemeTraits } from './scheme-traits.ts';
import { shapeCases } from './shape-cases.ts';
import { signatureCases } from './signature-cases.ts';
import { timeCases } from './time-cases.ts';
import { unknownCases } from './unknown-cases.ts';

export interface ReceiverPlanOptions extends Narrowing {
  /** The subscription's secret first, then those of others. */
  readonly secrets: readonly string[];
  readonly hasProbe: boolean;
  readonly hasKill: boolean;
}

/**
 * All that is asked of a receiver of a document's events, in a fixed order: the same document, seed and options give the same
 * plan. Nothing is sent.
 *
 * @throws SparringError `usage` for a document without events, and for secrets that its scheme cannot take
 */
export function makeReceiverPlan(plan: PlanContext, options: ReceiverPlanOptions): Plan {
  const { subjects, unsendable } = receiverSubjects(plan);
  const main = subjects.toSorted((one, other) => rankOf(other) - rankOf(one))[0];
  if (!main)
    throw new SparringError('usage', `${plan.document.title} has no webhook that could be sent.`, {
      next: 'See what it has with sparring events; a document names its events under webhooks or callbacks.',
    });
  const context = contextOf(plan, subjects, main, options);
  const choice = createChoice(options);
  const cases: readonly Case[] = [
    ...eventCases(context, plan),
    ...signatureCases(context),
    ...byteCases(context),
    ...numberCases(context),
    ...timeCases(context),
    ...duplicateCases(context),
    ...unknownCases(context, plan),
    ...orderCases(context),
    ...shapeCases(context),
    ...nonsenseCases(context),
    ...effectCases(context),
  ];
  const gaps = [
    ...unsendable.map(({ event, reason }): Gap => ({ operation: event, phase: 'receivers', reason })),
    ...gapsOf(context),
  ];
  return { seed: plan.seed, cases: cases.filter((planned) => choice.isWanted(planned)), gaps };
}

/** The event that says most: with ids of its own, room for texts, about a thing that was made. */
function rankOf(subject: ReceiverSubject): number {
  const { definition, freeText, payload, record } = subject;
  const verb = eventLife(definition.event)?.verb;
  const { tokens } = freshPayload(subject, payload, { event: 'event', record: 'record' });
  return (
    (tokens.length === 0 ? 0 : 16) +
    (freeText === undefined ? 0 : 8) +
    (record === undefined ? 0 : 4) +
    (verb === 'created' ? 2 : 0) +
    (verb === 'deleted' ? -1 : 0)
  );
}

function contextOf(
  plan: PlanContext,
  subjects: readonly ReceiverSubject[],
  main: ReceiverSubject,
  { hasKill, hasProbe, secrets: [secret, ...otherSecrets] }: ReceiverPlanOptions,
): ReceiverPlanContext {
  const { scheme } = main.policy.signature;
  if (scheme !== 'none' && (secret === undefined || secret === ''))
    throw new SparringError(
      'usage',
      `${plan.document.title} signs its webhooks (${scheme}), and no secret was given.`,
      {
        next: 'Give the secret that the receiver verifies with, by --secret or in SPARRING_SECRET.',
      },
    );
  if (scheme === 'none' && secret !== undefined)
    throw new SparringError(
      'usage',
      `${plan.document.title} does not sign its webhooks, and a secret was given.`,
      {
        next: 'Leave it out, or name the scheme under x-sparring.delivery.signature of the document.',
      },
    );
  if (secret !== undefined && otherSecrets.includes(secret))
    throw new SparringError('usage', 'A further secret is the same as the first.', {
      next: 'The first one is what the receiver verifies with; the others are of other subscriptions, and must be refused.',
    });
  const wrongSecret = anotherSecret(secret ?? 'nobody');
  return {
    seed: plan.seed,
    subjects,
    main,
    traits: schemeTraits(main.policy, [secret ?? wrongSecret, wrongSecret]),
    secrets: secret === undefined ? [] : [secret],
    wrongSecret,
    otherSecrets,
    hasProbe,
    hasKill,
  };
}

/** What the document gives no ground for, in words. */
function gapsOf({ main, otherSecrets, subjects, traits }: ReceiverPlanContext): readonly Gap[] {
  const { scheme } = main.policy.signature;
  const isSigned = traits.proofs.length > 0;
  const reasons = [
    ...(isSigned
      ? []
      : [
          scheme === 'none'
            ? 'nothing is signed, so that anybody can send it'
            : `the scheme ${scheme} writes its proof into the body, which is not forged here`,
        ]),
    ...(isSigned && !traits.signsBody ? [`the scheme ${scheme} does not sign the body`] : []),
    ...(isSigned && !traits.signsTime
      ? [`the scheme ${scheme} signs no time, so that an old delivery cannot be told from a new one`]
      : []),
    ...(isSigned && !traits.takesSeveral
      ? [`the scheme ${scheme} carries one signature, also while a secret is changed`]
      : []),
    ...(isSigned && otherSecrets.length === 0
      ? ["whether another subscription's secret is refused needs that secret, as a second --secret"]
      : []),
    ...(main.freeText
      ? []
      : ['its document has no field for any text, so that no unusual characters are sent']),
    ...(subjects.some(({ record }) => record)
      ? []
      : ['its events name no thing that they are about, so that none come out of order']),
  ];
  return reasons.map((reason) => ({ operation: main.operation.id, phase: 'receivers', reason }));
}
