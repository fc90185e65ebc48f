import { baseRequest } from '../../plan/requests/base-request.ts';
import { expectDelivery, expectSilence, silenceAfterRefusal, silenceForADay } from './expect-delivery.ts';
import { prepareCause } from './prepare-cause.ts';
import { refuseCall } from './refuse-call.ts';
import { failuresOf } from './retry-scenarios.ts';
import { subscribe, verify } from './subscribe.ts';
import { begin, NotPossible, pass, type WebhookCaseContext, words } from './webhook-case-context.ts';

/** A subscription is sent what verifies it, again where that fails; it is told of nothing before it is verified, and then it is. */
export async function handshakeScenario(caseContext: WebhookCaseContext): Promise<void> {
  const first = await orNone(() => prepareCause(caseContext, 1));
  const second = first && (await prepareCause(caseContext, 2));
  // One whose verification is taken and never answered is not asked again.
  if (caseContext.environment.controls) await subscribe(caseContext, 'other', caseContext.script.facts.event);
  await askAgain(caseContext);
  if (first) await expectSilence(caseContext, 'unverified', first);
  await verify(caseContext);
  if (second) await expectDelivery(caseContext, second);
  const { subscription } = caseContext.script;
  if (!subscription) return;
  const { template } = baseRequest(caseContext.environment.context, subscription.create);
  const refuse = () =>
    refuseCall(caseContext, { operation: subscription.create, template, bindings: new Map() });
  await silenceAfterRefusal(caseContext, refuse);
}

/** Subscribes; where the mock's time allows it, the first attempt to verify it fails, the next one is taken. */
async function askAgain(caseContext: WebhookCaseContext): Promise<void> {
  const { environment, script } = caseContext;
  const facts = script.handshake?.facts;
  const [delay] = facts?.policy.schedule ?? [];
  const [status] = facts ? failuresOf(facts.policy) : [];
  if (!environment.controls || !facts || delay === undefined || status === undefined)
    return subscribe(caseContext, 'own', script.facts.event);
  caseContext.inbox.answer = (_, earlier) => (earlier.length === 0 ? { status } : {});
  await subscribe(caseContext, 'own', script.facts.event);
  begin(caseContext, { what: `after ${status}, ${words(delay)} passed`, expect: 'handshake', facts });
  await pass(caseContext, delay * (1 + facts.policy.jitter));
  await silenceForADay(caseContext, 'settled');
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
