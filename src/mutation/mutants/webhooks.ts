import { isObject } from '../../json/is-object.ts';
import { withValueAt } from '../../json/with-value-at.ts';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import { examplePayload } from '../../openapi/webhooks/webhook-payload.ts';
import { emissionPlanOf } from '../../server/emission/emission-plan.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import type { AttemptRequest, AttemptResult } from '../../webhooks/attempt.ts';
import type { AttemptPlan } from '../../webhooks/make-attempt.ts';
import { changedAt, type PartChange, partChanges } from './answer-bodies.ts';
import { parseAnswer } from './json-answers.ts';
import type { MutantOperator, Mutation, MutationSubject } from './mutant.ts';
import { pick } from './pick.ts';
import type { WitnessCause, WitnessRequest } from './script.ts';
import { nameOf, partsOf } from './value-parts.ts';

type Make = (plan: AttemptPlan) => Promise<AttemptEntry>;
/** What a mutant does when an attempt is due; `turn` counts the attempts at deliveries of the event, from 1. */
type Way = (plan: AttemptPlan, make: Make, turn: number) => Promise<AttemptEntry>;

/** An API whose attempts at deliveries of an event go another way. */
function alterAttempts(api: ServedApi, event: string, way: Way): ServedApi {
  let turn = 0;
  return {
    ...api,
    attempt(plan) {
      if (plan.delivery.event !== event) return api.attempt(plan);
      turn += 1;
      return way(plan, api.attempt, turn);
    },
  };
}

/** A way by which other bytes are made, signed and sent. */
function otherBody(change: (body: string, plan: AttemptPlan) => string): Way {
  return (plan, make) =>
    make({ ...plan, delivery: { ...plan.delivery, body: change(plan.delivery.body, plan) } });
}

/** A way by which what is signed is changed on its way out. */
function otherMessage(change: (request: AttemptRequest, plan: AttemptPlan) => AttemptRequest): Way {
  return (plan, make) => make({ ...plan, send: (request) => plan.send(change(request, plan)) });
}

const accepted: AttemptResult = {
  status: 200,
  headers: {},
  body: new Uint8Array(),
  truncated: false,
  error: undefined,
  flag: undefined,
  timings: { start: 0, connected: undefined, firstByte: undefined, end: 0 },
};

function withHeader(request: AttemptRequest, name: string, value: string | undefined): AttemptRequest {
  const others = Object.entries(request.headers).filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  return {
    ...request,
    headers: Object.fromEntries(value === undefined ? others : [...others, [name, value]]),
  };
}

const fault = (kind: 'corrupt-signature' | 'stale-timestamp') => ({ id: 'mutant', kind });

const ways: readonly (readonly [id: string, fault: string, way: Way])[] = [
  ['webhook-lost', 'is never sent', (plan, make) => make({ ...plan, send: async () => accepted })],
  [
    'webhook-twice',
    'is sent twice',
    async (plan, make) => {
      await make(plan);
      return make(plan);
    },
  ],
  [
    'webhook-second-lost',
    'is sent every other time only',
    (plan, make, turn) => make(turn % 2 === 0 ? { ...plan, send: async () => accepted } : plan),
  ],
  ['webhook-body-empty', 'has no body', otherBody(() => '')],
  [
    'webhook-body-truncated',
    'breaks off in the middle',
    otherBody((body) => body.slice(0, Math.floor(body.length / 2))),
  ],
  ['webhook-body-encoded-twice', 'is JSON within a JSON text', otherBody((body) => JSON.stringify(body))],
  ['webhook-body-listed', 'comes as the one item of a list', otherBody((body) => `[${body}]`)],
  [
    'webhook-media-type-wrong',
    'says that it is plain text',
    (plan, make) => make({ ...plan, policy: { ...plan.policy, contentType: 'text/plain' } }),
  ],
  ['webhook-method-wrong', 'is sent by PUT', otherMessage((request) => ({ ...request, method: 'PUT' }))],
  [
    'webhook-header-missing',
    'lacks a header that it should have',
    otherMessage((request, { policy }) =>
      withHeader(request, Object.keys(policy.headers)[0] ?? '', undefined),
    ),
  ],
  [
    'signature-missing',
    'is not signed',
    (plan, make) => make({ ...plan, policy: { ...plan.policy, signature: { scheme: 'none', options: {} } } }),
  ],
  [
    'signature-wrong',
    'is signed wrongly',
    (plan, make) => make({ ...plan, faults: [...plan.faults, fault('corrupt-signature')] }),
  ],
  [
    'signature-over-other-bytes',
    'is serialised anew after it was signed',
    otherMessage((request) => {
      const value = parseAnswer(Buffer.from(request.body).toString('utf8'));
      return value === undefined
        ? request
        : { ...request, body: Buffer.from(JSON.stringify(value, null, 1)) };
    }),
  ],
  [
    'signature-stale',
    'is stamped with a time long ago',
    (plan, make) => make({ ...plan, faults: [...plan.faults, fault('stale-timestamp')] }),
  ],
  [
    'webhook-retried-after-success',
    'is sent again though it was taken',
    async (plan, make) => {
      const attempt = await make(plan);
      return plan.number === 1 ? { ...attempt, succeeded: false } : attempt;
    },
  ],
];

/** What a cause's witness does behind the cause, and how often its receiver fails. */
const later: Readonly<Record<string, readonly WitnessRequest[]>> = {
  'webhook-retried-after-success': [advance('12h')],
};

function advance(duration: string): WitnessRequest {
  return {
    method: 'POST',
    path: '/_sparring/clock',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: duration }),
  };
}

function causing(cause: WitnessCause, after: readonly WitnessRequest[] = []): readonly WitnessRequest[] {
  return [...cause.subscribe, ...cause.requests, ...after];
}

/** The event fired by hand, for what shows only when there are several. */
function fired({ api }: MutationSubject, { event }: WitnessCause): WitnessRequest {
  return {
    method: 'POST',
    path: `/_sparring/events/${api.name}/${encodeURIComponent(event)}`,
    headers: { 'content-type': 'application/json' },
    body: '{}',
  };
}

function eventOperator(
  id: string,
  said: string,
  plant: (api: ServedApi, cause: WitnessCause, subject: MutationSubject) => ServedApi,
  witness: (subject: MutationSubject, cause: WitnessCause) => readonly WitnessRequest[] | undefined,
  failures = 0,
): MutantOperator {
  return {
    id,
    family: 'webhooks',
    fault: said,
    mutations: (subject) =>
      subject.causes.flatMap((cause): readonly Mutation[] => {
        const asked = witness(subject, cause);
        if (!asked) return [];
        return [
          {
            place: cause.event,
            operation: cause.operation,
            plant: (api) => plant(api, cause, subject),
            witness: asked,
            failures,
          },
        ];
      }),
  };
}

const sent: readonly MutantOperator[] = ways.map(([id, said, way]) =>
  eventOperator(
    id,
    `A webhook ${said}.`,
    (api, { event }) => alterAttempts(api, event, way),
    (subject, cause) => {
      if (id === 'webhook-second-lost')
        return [...cause.subscribe, fired(subject, cause), fired(subject, cause)];
      // Where bytes are not signed, how they are serialised is nobody's concern.
      const { scheme } = emissionPlanOf(subject.api).policyOf({
        event: cause.event,
        subscription: null,
      }).signature;
      const isSigned = scheme !== 'none' && scheme !== 'secret-header';
      return id === 'signature-over-other-bytes' && !isSigned ? undefined : causing(cause, later[id]);
    },
  ),
);

const retried: readonly MutantOperator[] = [
  eventOperator(
    'webhook-not-retried',
    'A webhook that was refused is not sent again.',
    (api, { event }) =>
      alterAttempts(api, event, async (plan, make) => ({ ...(await make(plan)), succeeded: true })),
    (_, cause) => causing(cause, [advance('12h')]),
    1,
  ),
  eventOperator(
    'webhook-id-changes',
    'A webhook that is sent again has another id.',
    (api, { event }) =>
      alterAttempts(api, event, (plan, make) => {
        if (plan.number === 1) return make(plan);
        return make({
          ...plan,
          delivery: { ...renumbered(plan.delivery), id: `${plan.delivery.id.slice(0, -1)}x` },
        });
      }),
    (_, cause) => causing(cause, [advance('12h')]),
    1,
  ),
];

/** The delivery with another id where its payload names it. */
function renumbered(delivery: DeliveryEntry): DeliveryEntry {
  const body = parseAnswer(delivery.body);
  if (!isObject(body)) return delivery;
  const changed = Object.entries(body).map(([name, value]) => {
    if (!/^(?:delivery|event|message)?_?id$/i.test(name)) return [name, value] as const;
    if (value === delivery.number) return [name, delivery.number + 1000] as const;
    return [name, value === delivery.id ? `${delivery.id.slice(0, -1)}0` : value] as const;
  });
  return { ...delivery, body: JSON.stringify(Object.fromEntries(changed)) };
}

const named: MutantOperator = eventOperator(
  'event-name-wrong',
  'A webhook is named like another event.',
  (api, { event }, subject) => {
    const { webhooks } = emissionPlanOf(subject.api);
    const other = webhooks.map(({ name }) => name).find((name) => name !== event) ?? `${event}.other`;
    const rename = (value: unknown): unknown => {
      if (value === event) return other;
      if (Array.isArray(value)) return value.map(rename);
      if (!isObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rename(part)]));
    };
    return alterAttempts(api, event, (plan, make) =>
      make({
        ...plan,
        delivery: {
          ...plan.delivery,
          event: other,
          body: JSON.stringify(rename(parseAnswer(plan.delivery.body))),
        },
      }),
    );
  },
  (_, cause) => causing(cause),
);

const payloadFaults = [
  'property-missing',
  'property-renamed',
  'property-extra',
  'type-wrong',
  'number-as-text',
  'null-instead',
  'format-broken',
  'enum-unknown',
];

/** Faults in what a webhook tells: one part is not as its schema says. */
const payloads: readonly MutantOperator[] = partChanges
  .filter(([id]) => payloadFaults.includes(id))
  .map(([id, said, change]) => ({
    id: `payload-${id}`,
    family: 'webhooks',
    fault: `The payload of a webhook ${said.replace(/^answers/, 'has').replace(/ of a success$| out of a success$/, ' out')}.`,
    mutations: (subject) => subject.causes.flatMap((cause) => payloadMutation(subject, cause, id, change)),
  }));

function payloadMutation(
  { api, seed }: MutationSubject,
  cause: WitnessCause,
  id: string,
  change: PartChange,
): readonly Mutation[] {
  const definition = emissionPlanOf(api).webhook(cause.event);
  const { schema } = definition;
  if (schema === undefined) return [];
  const whole = examplePayload(api.document, api.validators, definition, {});
  const parts = partsOf({ ...api, direction: 'response' }, schema, whole).filter((part) => {
    const changed = change(part);
    if (!changed) return false;
    const mutated = withValueAt(whole, part.keys, changed.value);
    return api.validators.validate(schema, mutated, 'response', '').length > 0;
  });
  const part = pick(parts, seed, `payload ${id} ${cause.event}`);
  if (!part) return [];
  return [
    {
      place: `${cause.event} ${nameOf(part)}`.trimEnd(),
      operation: cause.operation,
      plant: (served) =>
        alterAttempts(
          served,
          cause.event,
          otherBody((body) => JSON.stringify(changedAt(parseAnswer(body), part.keys, part, change))),
        ),
      witness: causing(cause),
    },
  ];
}

/** Faults in how webhooks are sent, and in what they say. */
export const webhooks: readonly MutantOperator[] = [...sent, ...retried, named, ...payloads];
