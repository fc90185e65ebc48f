import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { type EmitterFaultRule, emitterFaultKinds } from '../../webhooks/emitter-faults.ts';
import { emissionPlanOf } from '../emission/emission-plan.ts';
import {
  type AdminBehaviour,
  type AdminContext,
  done,
  millisecondsOf,
  optionalText,
} from './admin-behaviour.ts';
import { assertStored } from './assert-stored.ts';
import { findServedApi } from './find-api.ts';

/** Deliveries that go wrong on purpose. */
export const deliveryFaultBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listDeliveryFaults: ({ served }) => ({ status: 200, body: served.emitter.dispatcher.faults.list() }),
  async addDeliveryFault(context) {
    const body = context.served.emitter.dispatcher.faults.add(ruleOf(context));
    await stored(context);
    return { status: 201, body };
  },
  async clearDeliveryFaults(context) {
    context.served.emitter.dispatcher.faults.clear();
    await stored(context);
    return done;
  },
  async removeDeliveryFault(context) {
    const { path, served } = context;
    if (served.emitter.dispatcher.faults.remove(optionalText(path.id))) {
      await stored(context);
      return done;
    }
    throw new SparringError(
      'record-not-found',
      `There is no fault "${optionalText(path.id).slice(0, 100)}".`,
      {
        next: 'See GET /_sparring/delivery-faults for those there are.',
      },
    );
  },
};

function stored({ served }: AdminContext): Promise<void> {
  return assertStored(served.namespace.settingsKept(), 'The faults were changed');
}

/** The rule in the body, which has been validated; one about an API or event that is not there is a mistake. */
function ruleOf({ body, server }: AdminContext): Omit<EmitterFaultRule, 'id'> {
  const { by, kind, ...rest } = objectOrEmpty(body);
  const apis = typeof rest.api === 'string' ? [findServedApi(server, rest.api)] : [...server.apis.values()];
  const known = apis.flatMap((api) => emissionPlanOf(api).webhooks.map(({ event }) => event));
  if (typeof rest.event === 'string' && !known.includes(rest.event)) {
    throw new SparringError(
      'unknown-webhook',
      `No served API has a webhook named "${rest.event.slice(0, 100)}".`,
    );
  }
  const milliseconds = millisecondsOf(by);
  return { ...rest, kind: kindOf(kind), ...(milliseconds !== undefined && { milliseconds }) };
}

/** The document lets in no other. */
function kindOf(kind: unknown): EmitterFaultRule['kind'] {
  return emitterFaultKinds.find((known) => known === kind) ?? 'drop';
}
