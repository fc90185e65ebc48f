import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacSha256 } from '../../../src/webhooks/signers/hmac-sha256.ts';

it('is the HMAC of node:crypto, for keys below, at and above the size of a block, time after time', () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
  fc.assert(
    fc.property(bytes(200), fc.array(fc.tuple(bytes(80), bytes(3000)), { minLength: 1 }), (key, contents) => {
      const sign = hmacSha256(key);
      for (const [stamp, body] of contents) {
        const expected = createHmac('sha256', key).update(stamp).update(body).digest('base64');
        expect(sign(stamp, body)).toBe(expected);
      }
    }),
    { seed: 1, examples: [[new Uint8Array(64), [[new Uint8Array(), new Uint8Array()]]]] },
  );
});
