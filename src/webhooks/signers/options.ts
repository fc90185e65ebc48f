import { SparringError } from '../../errors.ts';
import type { SignerOptions } from './signer.ts';

function wrong(name: string, expected: string, value: unknown): SparringError {
  return new SparringError(
    'document-invalid',
    `The signature option "${name}" must be ${expected}; it is ${JSON.stringify(value)}.`,
  );
}

/** A header name: an RFC 9110 token. */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}

/** The text of an option, or `fallback` when it is absent. Throws `document-invalid`. */
export function textOption(options: SignerOptions, name: string, fallback: string): string {
  const value = options[name] ?? fallback;
  if (typeof value !== 'string') throw wrong(name, 'a text', value);
  return value;
}

/** As `textOption`, for the name of a header. */
export function headerNameOption(options: SignerOptions, name: string, fallback: string): string {
  const value = textOption(options, name, fallback);
  if (!isHeaderName(value)) throw wrong(name, 'the name of a header', value);
  return value;
}

/** One of `choices`, or the first of them when the option is absent. Throws `document-invalid`. */
export function choiceOption<T extends string>(
  options: SignerOptions,
  name: string,
  choices: readonly [T, ...T[]],
): T {
  const value = options[name] ?? choices[0];
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw wrong(name, `one of ${choices.join(', ')}`, value);
  return choice;
}

/** Refuses options that nobody reads, which are typing errors most of the time. Throws `document-invalid`. */
export function refuseUnknownOptions(options: SignerOptions, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new SparringError(
    'document-invalid',
    `The signature option "${unknown}" is not known; known are ${known.join(', ')}.`,
  );
}
