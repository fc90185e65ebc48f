import { toDateTime } from '../../clock.ts';

/** Calendar dates as `yyyy-mm-dd`, all in UTC. */

const isoDatePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayInMilliseconds = 86_400_000;

export function isIsoDate(text: string): boolean {
  return isoDatePattern.test(text) && !Number.isNaN(Date.parse(text));
}

/** The date at `time` (milliseconds since the Unix epoch). */
export function isoDate(time: number): string {
  return toDateTime(time).slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(date) + days * dayInMilliseconds);
}

/** The same day so many years on; 29 February becomes 1 March where the year has none. */
export function addYears(date: string, years: number): string {
  const moved = new Date(date);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return isoDate(moved.getTime());
}

/** `dd.mm.yyyy`, as reports write dates. */
export function dottedDate(date: string): string {
  return `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
}

/** Whole months from one date to a later one; 0 when it is not later. */
export function wholeMonths(from: string, to: string): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return Math.max(0, to.slice(8) < from.slice(8) ? months - 1 : months);
}

export function wholeYears(from: string, to: string): number {
  return Math.floor(wholeMonths(from, to) / 12);
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
