import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import type { Case } from '../../model/case.ts';
import type { Grade } from '../../model/grade.ts';
import type {
  ReceiverArm,
  ReceiverDelivery,
  ReceiverQuestion,
  ReceiverScript,
} from '../../model/receiver-run.ts';
import type { Step } from '../../model/step.ts';
import { type FreshKeys, freshPayload } from './fresh-payload.ts';
import type { ReceiverSubject } from './receiver-subject.ts';
import type { SchemeTraits } from './scheme-traits.ts';

/** What planning a run against a receiver takes. */
export interface ReceiverPlanContext {
  readonly seed: number;
  readonly subjects: readonly ReceiverSubject[];
  /** The event that all but the events themselves are tried with. */
  readonly main: ReceiverSubject;
  readonly traits: SchemeTraits;
  /** The subscription's; none where nothing is signed. */
  readonly secrets: readonly string[];
  /** One of the same form that nobody honours. */
  readonly wrongSecret: string;
  /** Those of other subscriptions. */
  readonly otherSecrets: readonly string[];
  readonly hasProbe: boolean;
  readonly hasKill: boolean;
}

/** How a delivery strays from the right one. */
export type Stray = Partial<Omit<ReceiverDelivery, 'event' | 'subscriptionId'>>;

export interface MadeDelivery {
  readonly delivery: ReceiverDelivery;
  /** The ids that only it has. */
  readonly tokens: readonly (string | number)[];
}

/**
 * A delivery of an event with fresh ids, right in all but how it strays.
 *
 * @param key the ids follow from it; `record` where several are about one thing
 */
export function receiverDelivery(
  { secrets, seed }: ReceiverPlanContext,
  subject: ReceiverSubject,
  key: string | FreshKeys,
  change: (payload: unknown) => unknown = (payload) => payload,
  stray: Stray = {},
): MadeDelivery {
  const keys = typeof key === 'string' ? { event: key, record: key } : key;
  const ofRun = { event: `${seed} ${keys.event}`, record: `${seed} ${keys.record}` };
  const fresh = freshPayload(subject, subject.payload, ofRun);
  const id = seededSource('delivery', ofRun.event).uuid('id');
  const { definition, policy, subscriptionId } = subject;
  const delivery: ReceiverDelivery = {
    name: 'the right one',
    event: definition.event,
    policy,
    expect: 'accepted',
    id,
    subscriptionId,
    body: Buffer.from(JSON.stringify(change(fresh.payload))),
    secrets,
    ...stray,
  };
  return { delivery, tokens: [id, ...fresh.tokens] };
}

interface CaseParts {
  readonly question: ReceiverQuestion;
  /** Second part of the id, and the last. */
  readonly family: string;
  readonly what: string;
  readonly title: string;
  readonly deliveries: readonly ReceiverDelivery[];
  /** The delivery setting that it rests on. */
  readonly setting: string;
  readonly grade?: Grade | undefined;
  readonly arms?: readonly ReceiverArm[];
  readonly kills?: boolean;
  readonly kept?: ReceiverScript['kept'];
}

export function receiverCase(subject: ReceiverSubject, parts: CaseParts): Case {
  const { arms, deliveries, family, grade, kept, kills, question, setting, title, what } = parts;
  const { operation } = subject;
  return {
    id: `${operation.id}/${family}/${what.replaceAll(/\s+/g, '-')}`,
    phase: 'receivers',
    operation,
    title,
    preconditions: [],
    steps: deliveries.map((delivery) => stepOf(subject, delivery)),
    writes: true,
    // What a probe tells must be of this case alone, and what is cut must meet a receiver that is not busy.
    ...((arms ?? kept ?? deliveries.find(({ cut }) => cut)) && { alone: true }),
    receiver: {
      question,
      deliveries,
      fact: subject.fact(setting),
      ...(grade && { grade }),
      ...(arms && { arms }),
      ...(kills && { kills }),
      ...(kept && { kept }),
    },
  };
}

/** A delivery as the step that reports and plans show. */
export function stepOf(
  { operation }: ReceiverSubject,
  { body, expect, name, policy }: ReceiverDelivery,
): Step {
  const raw = Buffer.from(body).toString('utf8');
  return {
    name,
    operation,
    expect,
    request: {
      method: policy.method,
      path: {},
      query: {},
      headers: {},
      cookies: {},
      body: { mediaType: policy.contentType, value: undefined, raw },
      credentials: 'valid',
    },
  };
}
