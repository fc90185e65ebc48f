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

export function paint(format: 'red' | 'green' | 'yellow' | 'dim' | 'bold', text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Text from elsewhere as a terminal may show it: control characters, which could steer it, in words; tabs and line breaks stay. */
export function visible(text: string): string {
  return text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
