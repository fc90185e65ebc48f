import { createRequire } from 'node:module';
import { isObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { MediaType } from '../document/document.ts';
import { isJsonType, isXmlType, parseMediaType } from '../document/media-type.ts';
import type { Resolver } from '../document/resolver.ts';
import { shapeOf, typesAt } from '../schema/schema-shape.ts';
import { writeXml } from '../xml/write-xml.ts';
import { beginsAs, sampleFile } from './sample-file.ts';
import { writeCsv } from './write-csv.ts';
import { type BodyPart, plain, writeMultipart, writeUrlencoded } from './write-form.ts';
import { isSequenceType, writeSequence } from './write-sequence.ts';

/** What is written: a JSON value, and the media type it is written as. */
export interface ContentSource {
  readonly resolver: Resolver;
  readonly declared: MediaType;
  /** The Content-Type: what is declared, or a member of a declared range. */
  readonly mediaType: string;
  readonly value: unknown;
  /** Whether the document shows the value for this media type: text is then the content itself. */
  readonly isShown: boolean;
}

export interface Content {
  /** The Content-Type, with a boundary where there are parts. */
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Whether content of a media type is made of a value, rather than of bytes that only its own programs know. */
export function isWritable(mediaType: string): boolean {
  const { essence = '' } = parseMediaType(mediaType) ?? {};
  return (
    isJsonType(essence) ||
    isXmlType(essence) ||
    isSequenceType(essence) ||
    /^text\/|^application\/(?:x-www-form-urlencoded|yaml|x-yaml|vnd\.oai\.openapi)$|^multipart\//.test(
      essence,
    )
  );
}

/** A value as the bytes of a media type: JSON, XML, a form, CSV, YAML, lines, events or text as they are written, else a file of the type. */
export function writeContent(source: ContentSource): Content {
  const { declared, isShown, mediaType, resolver, value } = source;
  const { essence = '' } = parseMediaType(mediaType) ?? {};
  const isText = typeof value === 'string';
  const as = (body: string | Uint8Array) => ({ contentType: mediaType, body });
  const isSequence = isSequenceType(essence);
  if (isJsonType(essence) && !isSequence) return as(JSON.stringify(value) ?? 'null');
  if (isShown && isText && isWritable(mediaType)) return as(value);
  if (isSequence) return as(writeSequence(essence, value));
  if (isXmlType(essence)) return as(writeXml(resolver, declared.schema, value));
  if (essence === 'application/x-www-form-urlencoded') return as(writeUrlencoded(value, declared.encoding));
  if (essence.startsWith('multipart/')) return multipart(source);
  if (essence === 'text/csv') return as(isText ? value : writeCsv(value));
  if (/^(?:application|text)\/(?:x-)?yaml$/.test(essence)) return as(yaml(value));
  if (essence === 'text/html') return as(isText && /^\s*</.test(value) ? value : page(plain(value)));
  if (essence.startsWith('text/')) return as(plain(value));
  return as(bytesOf(essence, value));
}

function yaml(value: unknown): string {
  const { dump }: typeof import('js-yaml') = createRequire(import.meta.url)('js-yaml');
  return dump(value);
}

function page(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${safe}</title></head><body><p>${safe}</p></body></html>\n`;
}

/** The bytes that a text stands for, in base64 or as a data URL, where they are of the type; else a file that is. */
function bytesOf(essence: string, value: unknown): Uint8Array {
  if (typeof value === 'string') {
    const encoded = /^data:[^,]*;base64,(.*)$/s.exec(value)?.[1] ?? value;
    const bytes = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(encoded)
      ? Buffer.from(encoded, 'base64')
      : Buffer.from(value, 'latin1');
    const isKnown =
      essence !== 'application/octet-stream' &&
      beginsAs(essence, bytes) &&
      !beginsAs(essence, Buffer.from('?'));
    if (isKnown) return bytes;
  }
  return sampleFile(essence);
}

const boundary = 'sparring-boundary-8d1f0c5e';

/** A part for each property, or for each item of a list; files where their schemas or encodings say so. */
function multipart({ declared, mediaType, resolver, value }: ContentSource): Content {
  const { encoding, schema } = declared;
  const isForm = mediaType.startsWith('multipart/form-data');
  const properties = schema === undefined ? undefined : shapeOf(resolver, schema).properties;
  const parts = Object.entries(
    isObject(value) ? value : Array.isArray(value) ? { ...value } : { part: value },
  ).flatMap(([name, part]): BodyPart[] => {
    const at = properties?.get(name);
    const values = Array.isArray(part) ? part : [part];
    const told = encoding[name]?.contentType?.split(',', 1)[0]?.trim();
    return values.map((one) => partOf(resolver, { name, at, told, isForm }, one));
  });
  const contentType = `${mediaType.split(';', 1)[0]}; boundary=${boundary}`;
  return { contentType, body: writeMultipart(parts, boundary) };
}

interface PartFacts {
  readonly name: string;
  readonly at: Pointer | undefined;
  /** The Content-Type that the document gives it. */
  readonly told: string | undefined;
  readonly isForm: boolean;
}

function partOf(resolver: Resolver, { at, isForm, name, told }: PartFacts, value: unknown): BodyPart {
  const isFile = at !== undefined && isBinary(resolver, at);
  const contentType =
    told ??
    (isFile ? 'application/octet-stream' : typeof value === 'object' ? 'application/json' : 'text/plain');
  const field = isForm ? name : undefined;
  if (isFile || !isWritable(contentType)) {
    const body = bytesOf(contentType, value);
    return { name: field, contentType, body, filename: name };
  }
  const isJson = isJsonType(contentType);
  return { name: field, contentType, body: isJson ? JSON.stringify(value) : plain(value) };
}

/** Whether a schema describes bytes rather than text. */
function isBinary(resolver: Resolver, at: Pointer): boolean {
  const list = typesAt(resolver, at).has('array') ? shapeOf(resolver, at).items : undefined;
  const node = resolver.resolve(list ?? at)?.node;
  return isObject(node) && (node.format === 'binary' || node.contentMediaType !== undefined);
}
