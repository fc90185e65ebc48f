import { isObject } from '../../json/is-object.ts';
import type { MediaType } from '../document/document.ts';

/** Fields as `application/x-www-form-urlencoded` (WHATWG URL, section 5.2), lists repeated, objects as their encoding has them. */
export function writeUrlencoded(value: unknown, encoding: MediaType['encoding']): string {
  const form = new URLSearchParams();
  for (const [name, part] of Object.entries(isObject(value) ? value : {})) {
    const { explode = true, style } = encoding[name] ?? {};
    if (Array.isArray(part) && explode) for (const item of part) form.append(name, plain(item));
    else if (Array.isArray(part)) form.append(name, part.map(plain).join(delimiterOf(style)));
    else if (isObject(part) && style === 'deepObject')
      for (const [key, item] of Object.entries(part)) form.append(`${name}[${key}]`, plain(item));
    else if (part !== undefined && part !== null) form.append(name, plain(part));
  }
  return form.toString();
}

function delimiterOf(style: string | undefined): string {
  return style === 'spaceDelimited' ? ' ' : style === 'pipeDelimited' ? '|' : ',';
}

/** A part of a body in several parts. */
export interface BodyPart {
  /** Of its Content-Disposition; undefined for one that has none. */
  readonly name: string | undefined;
  readonly filename?: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Parts with a boundary between them (RFC 2046, section 5.1.1). */
export function writeMultipart(parts: readonly BodyPart[], boundary: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (const { body, contentType, filename, name } of parts) {
    const file = filename === undefined ? '' : `; filename="${quoted(filename)}"`;
    const disposition =
      name === undefined ? '' : `Content-Disposition: form-data; name="${quoted(name)}"${file}\r\n`;
    chunks.push(Buffer.from(`--${boundary}\r\n${disposition}Content-Type: ${contentType}\r\n\r\n`));
    chunks.push(typeof body === 'string' ? Buffer.from(body) : body, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return Buffer.concat(chunks);
}

/** As browsers write names (WHATWG HTML, section 4.10.22.8). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function plain(value: unknown): string {
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? '');
}
