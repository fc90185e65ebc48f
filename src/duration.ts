import { SparringError } from './errors.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `500ms`, `2s`, `5m`, `1h`, `1d`, or a bare number of milliseconds. Throws `usage`. */
export function parseDuration(text: string | number): number {
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(String(text).trim()) ?? [];
  if (amount !== undefined) return Number(amount) * (units[unit] ?? 1);
  throw new SparringError('usage', `"${text}" is not a duration.`, {
    next: 'Write one such as 500ms, 2s, 5m, 1h or 1d.',
  });
}
