import { InvalidArgumentError } from 'commander';
import { readDuration } from '../../duration.ts';

/** Adds a value of a flag that may be repeated. */
export function collectFlagValues(text: string, former: readonly string[] = []): readonly string[] {
  return [...former, text];
}

export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 0.');
}

export function positiveInteger(text: string): number {
  if (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}

/** From 0 to 1. */
export function shareValue(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a share from 0 to 1, such as 0.5.');
}

export function portNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}

export function status(text: string): number {
  const number = Number(text);
  if (/^[1-5]\d\d$/.test(text)) return number;
  throw new InvalidArgumentError('Give a status such as 200 or 503.');
}

/** Milliseconds. */
export function durationValue(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('Give a duration such as 200ms, 2s or 5m.');
}
