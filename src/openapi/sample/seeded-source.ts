import { hash } from 'node:crypto';
import type { SampleSource } from './sample.ts';

/** Values that are a function of the key and the field alone. */
export function seededSource(...key: readonly (string | number)[]): SampleSource {
  const prefix = JSON.stringify(key);
  const digest = (field: string) => hash('sha256', `${prefix} ${field}`, 'buffer');
  return {
    integer(field, min, max) {
      const fraction = digest(field).readUIntBE(0, 6) / 2 ** 48;
      return min + Math.floor(fraction * (max - min + 1));
    },
    uuid(field) {
      const bytes = digest(field);
      // The layout of version 4 (RFC 9562, section 5.4).
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = bytes.toString('hex', 0, 16);
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      );
    },
  };
}
