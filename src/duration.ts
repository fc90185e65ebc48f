import { SparringError } from './errors.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `500ms`, `2s`, `5m`, `1h`, `1d`, or a bare number of milliseconds; undefined for anything else. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(value.trim()) ?? [];
  return amount === undefined ? undefined : Number(amount) * (units[unit] ?? 1);
}

/** The same for what must be one. Throws `usage`. */
export function parseDuration(text: string | number): number {
  const milliseconds = readDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new SparringError('usage', `"${text}" is not a duration.`, {
    next: 'Write one such as 500ms, 2s, 5m, 1h or 1d.',
  });
}
