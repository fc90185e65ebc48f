import { styleText } from 'node:util';

const steps = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** `1.5 s`, `2 min`, `12 ms`: milliseconds as people say them. */
export function durationInWords(milliseconds: number): string {
  const [size, unit] = steps.find(([step]) => milliseconds >= step) ?? [1, 'ms'];
  return `${Number((milliseconds / size).toFixed(size === 1 ? 0 : 1))} ${unit}`;
}

export function paintForTerminal(format: 'red' | 'green' | 'yellow' | 'dim' | 'bold', text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
