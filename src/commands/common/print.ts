import { visible } from '../../visible.ts';

/** Colours and weights, the only commands to a terminal that Sparring writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
const style = /(\u001b\[[\d;]*m)/;

/** Prints a line, of which nothing steers the terminal. */
export function print(text: string): void {
  process.stdout.write(`${printable(text, process.stdout)}\n`);
}

/** Prints a line to stderr, of which nothing steers the terminal. */
export function printError(text: string): void {
  process.stderr.write(`${printable(text, process.stderr)}\n`);
}

/** Text as a stream may have it: control characters in words, but for the colours of a terminal. */
export function printable(text: string, stream: Pick<NodeJS.WriteStream, 'isTTY'>): string {
  if (stream.isTTY !== true && !process.env.FORCE_COLOR) return visible(text);
  return text
    .split(style)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join('');
}
