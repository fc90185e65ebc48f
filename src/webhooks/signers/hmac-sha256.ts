import { hash } from 'node:crypto';

/** Bytes that SHA-256 takes at a time (RFC 6234), to which RFC 2104 pads a key. */
const blockSize = 64;
const digestSize = 32;

/**
 * HMAC-SHA256 with one key, in base64, of pieces one after the other (RFC 2104, section 2). It is made of two one-shot hashes
 * since the native object that `createHmac` makes for each signature costs twice as much as signing a webhook does.
 */
export function hmacSha256(key: Uint8Array): (...pieces: readonly Uint8Array[]) => string {
  const fitting = key.length > blockSize ? hash('sha256', key, 'buffer') : key;
  const inner = Buffer.alloc(blockSize, 0x36);
  const outer = Buffer.alloc(blockSize + digestSize, 0x5c);
  for (const [index, byte] of fitting.entries()) {
    inner[index] = 0x36 ^ byte;
    outer[index] = 0x5c ^ byte;
  }
  return (...pieces) => {
    outer.set(hash('sha256', Buffer.concat([inner, ...pieces]), 'buffer'), blockSize);
    return hash('sha256', outer, 'base64');
  };
}
