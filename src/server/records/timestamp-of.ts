import { toDateTime } from '../../clock.ts';

/** The namespace's time in the unit a resource's times have. */
export function timestampOf(
  unit: 'seconds' | 'milliseconds' | 'date-time' | undefined,
  now: number,
): number | string {
  if (unit === 'milliseconds') return now;
  return unit === 'date-time' ? toDateTime(now) : Math.floor(now / 1000);
}
