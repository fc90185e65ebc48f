import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { answerLimit } from './transport.ts';

type Decode = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

const decoders: Readonly<Record<string, Decode>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** A body without its Content-Encoding (RFC 9110, section 8.4); `problem` says why it cannot be read. */
export function decodeBody(
  body: Uint8Array,
  contentEncoding: string | undefined,
): { readonly body: Uint8Array } | { readonly problem: string } {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  let decoded = body;
  for (const coding of codings.toReversed()) {
    if (coding === '' || coding === 'identity' || decoded.length === 0) continue;
    const decode = decoders[coding];
    if (!decode) return { problem: `nobody knows its Content-Encoding, ${coding}` };
    try {
      decoded = decode(decoded, { maxOutputLength: answerLimit });
    } catch (error) {
      const isLong = error instanceof RangeError;
      return {
        problem: isLong
          ? `it unfolds to more than ${answerLimit / 1024 / 1024} MiB`
          : `its body is no ${coding}, although its Content-Encoding says so`,
      };
    }
  }
  return { body: decoded };
}
