import { createHmac, createSecretKey } from 'node:crypto';
import { SparringError } from '../../errors.ts';
import type { HmacAlgorithm, HmacTemplate, SignatureHeader } from './hmac-options.ts';
import { remember } from './remember.ts';

const keyObjectOf = remember((secret = '', form = 'text') =>
  createSecretKey(keyOf(secret, form === 'base64' || form === 'hex' ? form : 'text')),
);

function keyOf(secret: string, form: HmacTemplate['key']): Buffer {
  if (form === 'text') return Buffer.from(secret, 'utf8');
  const key = Buffer.from(secret, form);
  const unpadded = secret.replace(/=+$/, '').toLowerCase();
  // Node's decoders skip what does not belong, and a key that lost a part would be worse than none.
  if (key.length > 0 && key.toString(form).replace(/=+$/, '').toLowerCase() === unpadded) return key;
  throw new SparringError('usage', `The secret of this webhook is not ${form}.`, {
    next: `Give it as ${form}, or set the signature option "key" to text.`,
  });
}

/** An HMAC as text over pieces of content, by a secret written as `form` says. Throws `usage` for a key of another form. */
export function hmacDigest(
  form: HmacTemplate['key'],
  algorithm: HmacAlgorithm,
  encoding: SignatureHeader['encoding'],
  secret: string,
  pieces: readonly (string | Uint8Array)[],
): string {
  const hmac = createHmac(algorithm, keyObjectOf(secret, form));
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest(encoding);
}
