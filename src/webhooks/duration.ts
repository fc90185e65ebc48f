const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const form = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds from a number of milliseconds or from text such as `500ms`, `2s`, `5m`, `1h`, `1d`; undefined for anything else. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const [, amount, unit] = form.exec(value) ?? [];
  const factor = Object.entries(units).find(([name]) => name === unit)?.[1];
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}
