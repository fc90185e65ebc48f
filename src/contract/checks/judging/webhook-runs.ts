import { isToHandshake } from '../../execute/webhooks/is-to-handshake.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Finding } from '../../model/finding.ts';
import type { Arrival, WebhookCheckpoint, WebhookRun } from '../../model/webhook-run.ts';
import type { WebhookFacts, WebhookScript } from '../../model/webhook-script.ts';

/** A case about webhooks that was run. */
export interface WebhookCaseRun extends WebhookRun {
  readonly script: WebhookScript;
}

/** Undefined for any other case, and for one that was not begun. */
export function webhookRunOf({ case: { webhook: script }, webhook }: CaseRun): WebhookCaseRun | undefined {
  return script && webhook ? { ...webhook, script } : undefined;
}

/** An event that arrived, and the checkpoint it is taken to belong to. */
export interface MatchedArrival {
  readonly arrival: Arrival;
  readonly checkpoint: WebhookCheckpoint;
  /** Index of that checkpoint. */
  readonly index: number;
  /** It came only in a later checkpoint than it should have. */
  readonly isLate: boolean;
}

/** What arrived at the case's own address, handshakes left out: each at the checkpoint that still lacked it, else where it came. */
export function matchArrivals({ arrivals, checkpoints, script }: WebhookCaseRun): readonly MatchedArrival[] {
  const counts = checkpoints.map(() => 0);
  const lacks = (index: number) => expectedIn(checkpoints[index]) > (counts[index] ?? 0);
  return arrivals.flatMap((arrival): MatchedArrival[] => {
    if (arrival.address !== 'own' || isToHandshake(arrival, script)) return [];
    const earlier = lacks(arrival.checkpoint)
      ? -1
      : checkpoints.findIndex((_, at) => at < arrival.checkpoint && lacks(at));
    const index = earlier < 0 ? arrival.checkpoint : earlier;
    counts[index] = (counts[index] ?? 0) + 1;
    const checkpoint = checkpoints[index];
    return checkpoint ? [{ arrival, checkpoint, index, isLate: index !== arrival.checkpoint }] : [];
  });
}

/** What arrived at the case's own address, with what it should have been. */
export interface Arrived {
  readonly arrival: Arrival;
  readonly checkpoint: WebhookCheckpoint;
  /** The handshake's or the event's. */
  readonly facts: WebhookFacts;
  readonly run: WebhookCaseRun;
}

/** Findings about each arrival at the case's own address, whatever it was sent for. */
export function judgeArrivals(
  caseRun: CaseRun,
  judge: (arrived: Arrived) => readonly Finding[],
): readonly Finding[] {
  const run = webhookRunOf(caseRun);
  if (!run) return [];
  const { handshake, facts } = run.script;
  return run.arrivals.flatMap((arrival) => {
    const checkpoint = run.checkpoints[arrival.checkpoint];
    if (!checkpoint || arrival.address !== 'own') return [];
    const isOther = handshake !== undefined && isToHandshake(arrival, run.script);
    return judge({ arrival, checkpoint, facts: isOther ? handshake.facts : facts, run });
  });
}

/** Findings about each checkpoint of a case, with what arrived for it. */
export function judgeCheckpoints(
  caseRun: CaseRun,
  judge: (
    checkpoint: WebhookCheckpoint,
    told: readonly MatchedArrival[],
    run: WebhookCaseRun,
    index: number,
  ) => readonly Finding[],
): readonly Finding[] {
  const run = webhookRunOf(caseRun);
  if (!run) return [];
  const told = matchArrivals(run);
  return run.checkpoints.flatMap((checkpoint, at) =>
    judge(
      checkpoint,
      told.filter(({ index }) => index === at),
      run,
      at,
    ),
  );
}

function expectedIn(checkpoint: WebhookCheckpoint | undefined): number {
  return checkpoint?.expect === 'delivery' || checkpoint?.expect === 'attempts' ? (checkpoint.count ?? 1) : 0;
}
