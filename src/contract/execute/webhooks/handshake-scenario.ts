import { baseRequest } from '../../plan/requests/base-request.ts';
import { expectDelivery, expectSilence, silenceAfterRefusal, silenceForADay } from './checkpoints.ts';
import { prepareCause } from './prepare-cause.ts';
import { refuseCall } from './refuse-call.ts';
import { failuresOf } from './retry-scenarios.ts';
import { subscribe, verify } from './subscribe.ts';
import { begin, NotPossible, pass, type WebhookCaseContext, words } from './webhook-case-context.ts';

/** A subscription is sent what verifies it, again where that fails; it is told of nothing before it is verified, and then it is. */
export async function handshakeScenario(stage: WebhookCaseContext): Promise<void> {
  const first = await orNone(() => prepareCause(stage, 1));
  const second = first && (await prepareCause(stage, 2));
  // One whose verification is taken and never answered is not asked again.
  if (stage.environment.controls) await subscribe(stage, 'other', stage.script.facts.event);
  await askAgain(stage);
  if (first) await expectSilence(stage, 'unverified', first);
  await verify(stage);
  if (second) await expectDelivery(stage, second);
  const { subscription } = stage.script;
  if (!subscription) return;
  const { template } = baseRequest(stage.environment.context, subscription.create);
  const refuse = () => refuseCall(stage, { operation: subscription.create, template, bindings: new Map() });
  await silenceAfterRefusal(stage, refuse);
}

/** Subscribes; where the mock's time allows it, the first attempt to verify it fails, the next one is taken. */
async function askAgain(stage: WebhookCaseContext): Promise<void> {
  const { environment, script } = stage;
  const facts = script.handshake?.facts;
  const [delay] = facts?.policy.schedule ?? [];
  const [status] = facts ? failuresOf(facts.policy) : [];
  if (!environment.controls || !facts || delay === undefined || status === undefined)
    return subscribe(stage, 'own', script.facts.event);
  stage.box.answer = (_, earlier) => (earlier.length === 0 ? { status } : {});
  await subscribe(stage, 'own', script.facts.event);
  begin(stage, { what: `after ${status}, ${words(delay)} passed`, expect: 'handshake', facts });
  await pass(stage, delay * (1 + facts.policy.jitter));
  await silenceForADay(stage, 'settled');
}

/** A subscription can be verified where nothing is known that it could be told of. */
async function orNone<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof NotPossible) return undefined;
    throw error;
  }
}
