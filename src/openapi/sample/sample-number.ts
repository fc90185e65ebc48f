import type { JsonObject } from '../../json/is-object.ts';
import { plausibleNumber } from './plausible-text.ts';
import type { SampleSource } from './sample-source.ts';

const momentName = /(?:^|_)(?:created|updated|timestamp|time|date|expires|iat|exp)$|(?:_at|At)$/;
/** 1 January 2026, in seconds. */
const thisEpoch = 1_767_225_600;

/** The numbers that all of some schemas allow: `least`, `least + step`, …, `most`, which may be infinite. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** The least number that all schemas allow; in full samples one of the first few thousand. */
export function sampleNumber(
  nodes: readonly JsonObject[],
  isInteger: boolean,
  source: SampleSource | undefined,
  field: string,
  plausible?: number,
): number {
  const { least, most, step } = numberRange(nodes, isInteger);
  const named =
    source && plausible !== undefined ? plausibleNumber(field, source, isInteger, plausible) : undefined;
  if (
    named !== undefined &&
    named >= least &&
    named <= most &&
    Number.isInteger(tidy((named - least) / step))
  )
    return named;
  if (!source || !(least <= most)) return least;
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const moment = thisEpoch + source.integer(field, 0, 25_000_000);
  const value = momentName.test(name) && step === 1 ? moment : least + step * randomStep();
  return value >= least && value <= most ? tidy(value) : least;

  function randomStep(): number {
    const steps = Math.floor((most - least) / step + 1e-9);
    return source?.integer(field, 0, Math.min(steps, 9999)) ?? 0;
  }
}

export function numberRange(nodes: readonly JsonObject[], isInteger: boolean): NumberRange {
  const numbers = (key: string) =>
    nodes.flatMap(({ [key]: value }) => (typeof value === 'number' ? [value] : []));
  const [multiple] = numbers('multipleOf').filter((one) => one > 0);
  // A bound that a double does not hold may have been read as a smaller one: the next double is above it.
  const lower = Math.max(Number.NEGATIVE_INFINITY, ...numbers('minimum').map(nextWhereInexact));
  const above = Math.max(Number.NEGATIVE_INFINITY, ...numbers('exclusiveMinimum'));
  const upper = Math.min(Number.POSITIVE_INFINITY, ...numbers('maximum'));
  const below = Math.min(Number.POSITIVE_INFINITY, ...numbers('exclusiveMaximum'));
  const floor = Math.max(lower, above);
  const ceiling = Math.min(upper, below);
  const step = multiple ?? (isInteger || !(ceiling - floor < 2) ? 1 : (ceiling - floor) / 4);
  const start = Number.isFinite(floor) ? floor : ceiling < 0 ? ceiling - 10 * step : 0;
  const onGrid = multiple !== undefined || isInteger ? Math.ceil(start / step - 1e-9) * step : start;
  const least = onGrid <= above ? onGrid + step : onGrid;
  const most = ceiling === below && below <= upper ? ceiling - step : ceiling;
  return { least: tidy(least), most: Math.max(most, most === ceiling ? most : least), step };
}

function nextWhereInexact(value: number): number {
  return value > Number.MAX_SAFE_INTEGER ? value * (1 + 2 ** -52) : value;
}

/** Without the errors of binary fractions. */
export function tidy(value: number): number {
  return Math.abs(value) < 1e15 ? Number(value.toPrecision(15)) : value;
}
