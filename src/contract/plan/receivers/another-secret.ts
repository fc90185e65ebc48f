import { hash } from 'node:crypto';
import { anotherPrivateKey } from './another-private-key.ts';

/** A secret of the same form that is not the one: prefix, length and encoding stay; of a private key, a new one of its type. */
export function anotherSecret(secret: string): string {
  const key = anotherPrivateKey(secret.trim());
  if (key !== undefined) return key;
  const [, prefix = '', rest = ''] = /^(wh[a-z]+_)?(.*)$/s.exec(secret) ?? [];
  const encoding = encodingOf(rest);
  if (encoding) return prefix + bytesFrom(secret, Buffer.from(rest, encoding).length).toString(encoding);
  const letters = bytesFrom(secret, rest.length + 8).toString('hex');
  return prefix + letters.slice(0, Math.max(8, rest.length));
}

function encodingOf(text: string): 'hex' | 'base64' | undefined {
  if (/^(?:[0-9a-f]{2}){8,}$/.test(text)) return 'hex';
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= 8 && bytes.toString('base64') === text ? 'base64' : undefined;
}

function bytesFrom(text: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, index) =>
    hash('sha512', `another secret ${index} ${text}`, 'buffer'),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
