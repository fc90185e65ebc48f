import type { AllowedTarget } from '../../../webhooks/target-guard.ts';
import type { Case } from '../../model/case.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { ProbeReading, ReceiverDelivery, ReceiverScript } from '../../model/receiver-run.ts';
import type { Step } from '../../model/step.ts';
import { awaitReceiver } from './reach-receiver.ts';
import { awaitProbe, readProbe } from './read-probe.ts';
import { runShellCommand } from './run-shell-command.ts';
import { sendDelivery } from './send-delivery.ts';
import { signDelivery } from './sign-delivery.ts';

/** What carrying out a plan against a receiver takes. */
export interface ReceiverEnvironment {
  readonly target: AllowedTarget;
  /** As the provider was told it, which some schemes sign. */
  readonly url: string;
  /** A URL or a line of the shell that tells, as JSON, what the receiver keeps. */
  readonly probe: string | undefined;
  /** A line of the shell that kills the receiver and starts it again. */
  readonly kill: string | undefined;
}

interface Sent {
  readonly exchange: CaseExchange;
  readonly delivery: ReceiverDelivery;
  readonly milliseconds: number;
}

/** Sends what a case says, one delivery after the other, and reads the probe between its arms. */
export async function runReceiverCase(environment: ReceiverEnvironment, planned: Case): Promise<CaseRun> {
  const { receiver: script, steps } = planned;
  const sent: Sent[] = [];
  const readings: ProbeReading[] = [];
  const { probe } = environment;
  if (script) {
    const bounds = boundsOf(script);
    if (probe !== undefined && script.arms) readings.push(await readProbe(probe));
    for (const [index, delivery] of script.deliveries.entries()) {
      if (bounds.has(index)) await pause(environment, script, readings);
      sent.push(...(await deliver(environment, planned, delivery, steps[index])));
    }
    if (script.kills && environment.kill !== undefined) {
      await runShellCommand(environment.kill, '--kill');
      await awaitReceiver(environment.target, '--kill');
      if (probe !== undefined) await awaitProbe(probe);
    }
    if (script.arms || script.kept) await pause(environment, script, readings);
  }
  return {
    case: planned,
    exchanges: sent.map(({ exchange }) => exchange),
    bindings: {},
    notRun: script && notJudged(script, readings),
    receiver: {
      deliveries: sent.map(({ delivery, milliseconds }) => ({ delivery, milliseconds })),
      readings,
    },
  };
}

/** Where one arm ends and the next begins. */
function boundsOf({ arms = [] }: ReceiverScript): ReadonlySet<number> {
  const bounds = new Set<number>();
  let at = 0;
  for (const { deliveries } of arms.slice(0, -1)) {
    at += deliveries;
    bounds.add(at);
  }
  return bounds;
}

async function pause(
  { probe }: ReceiverEnvironment,
  { question }: ReceiverScript,
  readings: ProbeReading[],
): Promise<void> {
  if (probe === undefined) return;
  // What must not change anything is not waited for.
  readings.push(await readProbe(probe, question === 'untouched' ? undefined : readings.at(-1)));
}

/** A probe that shows nothing of an event cannot say how often it worked. */
function notJudged(
  { question }: ReceiverScript,
  [first, second]: readonly ProbeReading[],
): string | undefined {
  if (question !== 'effect' && question !== 'state' && question !== 'stored') return undefined;
  return first && second && first.text === second.text
    ? 'what the probe tells does not change when an event is delivered'
    : undefined;
}

async function deliver(
  { target, url }: ReceiverEnvironment,
  { operation }: Case,
  delivery: ReceiverDelivery,
  step: Step | undefined,
): Promise<readonly Sent[]> {
  const one = async (): Promise<Sent> => {
    const { body, headers, proofs, url: address } = signDelivery(delivery, url, Date.now());
    const at = address === url ? target : { ...target, url: new URL(address) };
    const { failure, milliseconds, response } = await sendDelivery({ ...delivery, body }, headers, at);
    const { expect, policy } = delivery;
    const text = Buffer.from(body).toString('utf8');
    const isShown = policy.signature.scheme === 'secret-header' && delivery.forgery === undefined;
    const exchange: CaseExchange = {
      role: 'step',
      step,
      operation,
      expect,
      sent: step?.request ?? noTemplate,
      request: {
        method: policy.method,
        url: address,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: Buffer.from(text).equals(Buffer.from(body)) ? text : body,
        // A secret that is itself the proof must not be shown.
        secrets: isShown ? proofs.map((name) => name.toLowerCase()) : [],
      },
      response,
      failure,
    };
    return { exchange, delivery, milliseconds };
  };
  return Promise.all(Array.from({ length: delivery.times ?? 1 }, one));
}

const noTemplate: CaseExchange['sent'] = {
  method: 'POST',
  path: {},
  query: {},
  headers: {},
  cookies: {},
  body: undefined,
  credentials: 'valid',
};
