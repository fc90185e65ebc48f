import { isUtf8 } from 'node:buffer';
import { SparringError } from '../../errors.ts';

/**
 * The text of a body in its charset (UTF-8 unless it says otherwise), without a byte order mark.
 *
 * @throws SparringError `malformed-body` when the bytes are not text in that charset; `unsupported-media-type` for an unknown one
 */
export function decodeText(bytes: Uint8Array, charset: string | undefined): string {
  const name = charset?.toLowerCase() ?? 'utf-8';
  if (name === 'utf-8' || name === 'utf8') {
    if (!isUtf8(bytes)) throw new SparringError('malformed-body', 'The body is not UTF-8.');
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name, { fatal: true });
  } catch (cause) {
    throw new SparringError('unsupported-media-type', `The charset "${name.slice(0, 40)}" is not known.`, {
      cause,
    });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SparringError('malformed-body', `The body is not ${name}.`, { cause });
  }
}
