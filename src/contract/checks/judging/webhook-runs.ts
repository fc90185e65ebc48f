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

/** An event that arrived, and the moment it is taken to belong to. */
export interface Told {
  readonly arrival: Arrival;
  readonly moment: WebhookCheckpoint;
  /** Index of that moment. */
  readonly index: number;
  /** It came only in a later moment than it should have. */
  readonly isLate: boolean;
}

/** What arrived at the case's own address, handshakes left out: each at the moment that still lacked it, else where it came. */
export function toldIn({ arrivals, moments, script }: WebhookCaseRun): readonly Told[] {
  const counts = moments.map(() => 0);
  const lacks = (index: number) => expectedIn(moments[index]) > (counts[index] ?? 0);
  return arrivals.flatMap((arrival): Told[] => {
    if (arrival.address !== 'own' || isToHandshake(arrival, script)) return [];
    const earlier = lacks(arrival.moment)
      ? -1
      : moments.findIndex((_, at) => at < arrival.moment && lacks(at));
    const index = earlier < 0 ? arrival.moment : earlier;
    counts[index] = (counts[index] ?? 0) + 1;
    const moment = moments[index];
    return moment ? [{ arrival, moment, index, isLate: index !== arrival.moment }] : [];
  });
}

/** What arrived at the case's own address, with what it should have been. */
export interface Arrived {
  readonly arrival: Arrival;
  readonly moment: WebhookCheckpoint;
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
    const moment = run.moments[arrival.moment];
    if (!moment || arrival.address !== 'own') return [];
    const isOther = handshake !== undefined && isToHandshake(arrival, run.script);
    return judge({ arrival, moment, facts: isOther ? handshake.facts : facts, run });
  });
}

/** Findings about each moment of a case, with what arrived for it. */
export function judgeCheckpoints(
  caseRun: CaseRun,
  judge: (
    moment: WebhookCheckpoint,
    told: readonly Told[],
    run: WebhookCaseRun,
    index: number,
  ) => readonly Finding[],
): readonly Finding[] {
  const run = webhookRunOf(caseRun);
  if (!run) return [];
  const told = toldIn(run);
  return run.moments.flatMap((moment, at) =>
    judge(
      moment,
      told.filter(({ index }) => index === at),
      run,
      at,
    ),
  );
}

function expectedIn(moment: WebhookCheckpoint | undefined): number {
  return moment?.expect === 'delivery' || moment?.expect === 'attempts' ? (moment.count ?? 1) : 0;
}
