import type { CredentialUse } from '../../model/request-template.ts';

/**
 * A token with one character changed: of a JWT one in the middle of its signature (RFC 7515, section 3.1), of any other the last one
 * that bears all of its bits, where it is some encoding of bytes.
 */
export function tamper(token: string): string {
  const parts = token.split('.');
  const last = parts.at(-1) ?? '';
  const isSigned = parts.length >= 3 && last.length > 8;
  const end = token.replace(/=+$/, '').length;
  const at = isSigned ? token.length - Math.ceil(last.length / 2) : Math.max(0, end - (end > 16 ? 5 : 1));
  return `${token.slice(0, at)}${otherThan(token.charAt(at))}${token.slice(at + 1)}`;
}

/** Another character of the same kind, and not the same webhook in the other case. */
function otherThan(character: string): string {
  if (/\d/.test(character)) return String((Number(character) + 1) % 10);
  const next = { z: 'a', Z: 'A', '': 'x' }[character];
  return next ?? (/[a-z]/i.test(character) ? String.fromCodePoint((character.codePointAt(0) ?? 0) + 1) : 'x');
}

/** What stands in Authorization for a token of a scheme (RFC 9110, section 11.6.2). */
export function authorizationOf(use: CredentialUse, word: string, value: string): string {
  if (use === 'empty') return word;
  return `${use === 'wrong-scheme' ? 'Sparring' : word} ${value}`;
}
