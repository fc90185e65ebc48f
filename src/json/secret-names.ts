/** Names of header fields whose values are secrets. */
const secretHeader =
  /(?:^|[-_])auth(?:$|[-_]|orization$|entication$)|cookie|(?:api|access|private)[-_]?key|token|secret|passw(?:or)?d|pwd|passphrase|credential/i;

/** Names without `_` and `-`; one that only begins with "token", such as token_type, tells nothing. */
const secretName =
  /passw(?:or)?d|passphrase|passcode|secret|(?:api|access|private)key|authorization|credentials?$|tokens?$|pwd$|^(?:x?auth|pass|pin|otp|cvv|cvc)$/i;

/** `://user:password@`, and `://token@` where what stands there is too long for a name. Bounded, so that no text takes long. */
const userinfo = /:\/\/(?:([^\s:@/?#"'<>]{0,256}):[^\s@/?#"'<>]{1,1024}|[^\s:@/?#"'<>]{20,1024})@/g;

export function isSecretHeaderName(name: string): boolean {
  return secretHeader.test(name);
}

/** Whether a field of JSON, a form or a query holds a secret by its name, as `password` or `client[secret]` does. */
export function isSecretFieldName(name: string): boolean {
  return secretName.test(plainName(name));
}

/** Whether a field is one of `names`, which are lower-case. */
export function isNamed(name: string, names: ReadonlySet<string>): boolean {
  return names.size > 0 && names.has(name.toLowerCase());
}

/**
 * Whether a field named `code` holds a code that lets somebody in: one of an authorization or a message. Statuses, and the words by
 * which errors, currencies and countries are named, are none; what a client sends is one unless it is that short.
 */
export function isSecretCode(name: string, value: unknown, isSent: boolean): boolean {
  if (plainName(name).toLowerCase() !== 'code') return false;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length < 4) return false;
  return isSent || /\d/.test(text) || /^[A-Za-z0-9+/=]{16,}$/.test(text);
}

/** The text without the passwords of URLs in it. */
export function withoutUrlPasswords(text: string, hidden: string): string {
  if (!text.includes('@')) return text;
  return text.replace(userinfo, (_all, user?: string) =>
    user === undefined ? `://${hidden}@` : `://${user}:${hidden}@`,
  );
}

function plainName(name: string): string {
  return name.replace(/[_-]|%5B|%5D|[[\]]/gi, '');
}
