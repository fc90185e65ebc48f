import { createHmac, createSecretKey } from 'node:crypto';
import { SparringError } from '../../errors.ts';
import { contentPieces, type SignedParts } from './content.ts';
import type { HmacTemplate, SignatureHeader } from './hmac-options.ts';
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

/** The signature of one header, as text, over the content's bytes. Throws `usage` for a key of the wrong form. */
export function hmacDigest(
  template: HmacTemplate,
  signature: SignatureHeader,
  secret: string,
  parts: SignedParts,
): string {
  const hmac = createHmac(signature.algorithm, keyObjectOf(secret, template.key));
  for (const piece of contentPieces(template.content, parts)) hmac.update(piece);
  return hmac.digest(signature.encoding);
}
