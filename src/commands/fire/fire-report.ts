import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import { print } from '../common/print.ts';
import { durationInWords, paintForTerminal, plural } from '../common/words.ts';

interface ReportOptions {
  readonly event: string;
  readonly flags: {
    readonly count: number;
    readonly json?: boolean;
    readonly realTime?: boolean;
    readonly to: string;
  };
  /** The provider's own delays before each retry, in milliseconds. */
  readonly schedule: () => readonly number[];
}

export interface FireReport {
  attempt(delivery: DeliveryEntry, attempt: AttemptEntry): void;
  /** `waiting`: deliveries that were given up before they were settled. */
  end(waiting: number): void;
}

/** What `sparring fire` prints: every attempt of one delivery, or how many go on and a summary. */
export function createFireReport({ event, flags, schedule }: ReportOptions): FireReport {
  const single = flags.count === 1;
  const live = !single && !flags.json && process.stdout.isTTY === true;
  const times: number[] = [];
  const answers = new Map<string, number>();
  const states = new Map<string, DeliveryEntry['state']>();
  let settled = 0;
  const started = performance.now();
  if (!flags.json) print(`${paintForTerminal('bold', event)} to ${flags.to}`);

  return {
    attempt(delivery, attempt) {
      times.push(attempt.milliseconds);
      const answer = answerOf(attempt);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (delivery.state !== 'pending' && (states.get(delivery.id) ?? 'pending') === 'pending') settled += 1;
      states.set(delivery.id, delivery.state);
      if (flags.json) print(JSON.stringify(inJson(delivery, attempt, schedule())));
      else if (single) print(`  ${line(delivery, attempt, flags.realTime === true, schedule())}`);
      else if (live) process.stdout.write(`\r${progress(settled, flags.count)}`);
    },
    end(waiting) {
      if (live) process.stdout.write('\n');
      const seconds = (performance.now() - started) / 1000;
      const summary = summarise(states, answers, times, seconds);
      if (flags.json) print(JSON.stringify({ event: 'summary', ...summary, waiting }));
      else if (!single) print(inWords(summary));
      if (waiting > 0 && !flags.json)
        print(paintForTerminal('yellow', `${plural(waiting, 'delivery', 'deliveries')} not settled.`));
    },
  };
}

function answerOf({ error, response }: AttemptEntry): string {
  return response ? String(response.status) : (error?.code ?? 'no answer');
}

function line(
  delivery: DeliveryEntry,
  attempt: AttemptEntry,
  real: boolean,
  schedule: readonly number[],
): string {
  const { error, fault, milliseconds, number, response } = attempt;
  const result = response ? String(response.status) : (error?.message ?? 'no answer');
  const color = attempt.succeeded ? 'green' : 'red';
  const took = paintForTerminal('dim', `in ${durationInWords(milliseconds)}`);
  const parts = [`attempt ${number}`, paintForTerminal(color, result), took];
  if (fault !== undefined) parts.push(paintForTerminal('yellow', `fault: ${fault}`));
  if (delivery.state === 'pending' && delivery.dueAt !== null) {
    const wait = durationInWords(delivery.dueAt - attempt.at);
    const own = ownDelay(delivery, attempt, schedule);
    const beside = real || own === undefined ? '' : `; the provider waits ${durationInWords(own)}`;
    parts.push(`next in ${wait}${beside}`);
  } else if (!attempt.succeeded) parts.push(delivery.state);
  return parts.join('  ');
}

/** How long the provider itself would wait after this attempt. */
function ownDelay(
  { attemptsBefore = 0 }: DeliveryEntry,
  { number }: AttemptEntry,
  schedule: readonly number[],
): number | undefined {
  return schedule[number - 1 - attemptsBefore];
}

function inJson(delivery: DeliveryEntry, attempt: AttemptEntry, schedule: readonly number[]) {
  const { delivery: id, error, milliseconds, number, response, succeeded } = attempt;
  const dueIn = delivery.dueAt === null ? null : delivery.dueAt - attempt.at;
  return {
    event: 'attempt',
    delivery: id,
    number,
    status: response?.status ?? null,
    milliseconds,
    succeeded,
    error: error?.message,
    state: delivery.state,
    dueIn,
    providerWaits: dueIn === null ? null : (ownDelay(delivery, attempt, schedule) ?? null),
  };
}

function progress(done: number, count: number): string {
  const width = 30;
  const filled = Math.round((done / count) * width);
  return `  ${'█'.repeat(filled)}${'░'.repeat(width - filled)}  ${done} of ${count}`;
}

function summarise(
  states: ReadonlyMap<string, string>,
  answers: ReadonlyMap<string, number>,
  times: readonly number[],
  seconds: number,
) {
  const sorted = times.toSorted((left, right) => left - right);
  const percentile = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const byState: Record<string, number> = {};
  for (const state of states.values()) byState[state] = (byState[state] ?? 0) + 1;
  return {
    deliveries: byState,
    answers: Object.fromEntries(answers),
    attempts: times.length,
    seconds: Number(seconds.toFixed(2)),
    milliseconds: { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
  };
}

function inWords({
  answers,
  attempts,
  deliveries,
  milliseconds,
  seconds,
}: ReturnType<typeof summarise>): string {
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const { p50, p95, p99 } = milliseconds;
  return [
    `  ${list(deliveries)}; ${plural(attempts, 'attempt')} in ${seconds} s`,
    `  answers: ${list(answers)}`,
    `  p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`,
  ].join('\n');
}
