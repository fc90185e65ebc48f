import type { MediaType } from './document.ts';

export interface ParsedMediaType {
  /** Type and subtype, lower-case. */
  readonly essence: string;
  /** Parameters by lower-case name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Content-Types repeat from request to request; as many of them are kept as a run meets in earnest. */
const parsed = new Map<string, ParsedMediaType | null>();
const mostParsed = 200;

/** Parses a Content-Type (RFC 9110, section 8.3.1); undefined for what is none. */
export function parseMediaType(text: string): ParsedMediaType | undefined {
  const known = parsed.get(text);
  if (known !== undefined) return known ?? undefined;
  const type = parse(text);
  if (parsed.size >= mostParsed) parsed.clear();
  if (text.length <= 200) parsed.set(text, type ?? null);
  return type;
}

function parse(text: string): ParsedMediaType | undefined {
  const [, essence = ''] = /^\s*([\w!#$&^.+*-]+\/[\w!#$&^.+*-]+)\s*(?:;|$)/.exec(text) ?? [];
  if (essence === '') return undefined;
  const parameters: Record<string, string> = Object.create(null);
  for (const [, name = '', quoted, token] of text.matchAll(
    /;\s*([\w!#$&^.+-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    parameters[name.toLowerCase()] ??= quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? '';
  }
  return { essence: essence.toLowerCase(), parameters };
}

/**
 * The declared media type that a message's one falls under: the same, else for `…+json` a declared `application/json`, else
 * the narrowest range. Parameters such as `charset` play no part, except between declared types that differ in nothing else.
 */
export function findMediaType(declared: readonly MediaType[], contentType: string): MediaType | undefined {
  const alike = declared.find(({ name }) => name === contentType);
  if (alike) return alike;
  const sent = parseMediaType(contentType);
  if (!sent) return undefined;
  const { essence } = sent;
  const [type = ''] = essence.split('/', 1);
  const same = declared.filter(({ name }) => essenceOf(name) === essence);
  const exact = same.find(({ name }) => sameParameters(name, sent)) ?? same[0];
  if (exact) return exact;
  const suffix = /\+(?:json|xml)$/.exec(essence)?.[0];
  const wanted = suffix
    ? [`application/${suffix.slice(1)}`, `${type}/*${suffix}`, `${type}/*`, '*/*']
    : [`${type}/*`, '*/*'];
  for (const name of wanted) {
    const found = declared.find((candidate) => essenceOf(candidate.name) === name);
    if (found) return found;
  }
  return undefined;
}

function essenceOf(name: string): string {
  const semicolon = name.indexOf(';');
  return (semicolon < 0 ? name : name.slice(0, semicolon)).trim();
}

function sameParameters(name: string, { parameters }: ParsedMediaType): boolean {
  const declared = Object.entries(parseMediaType(name)?.parameters ?? {});
  return declared.every(([key, value]) => parameters[key]?.toLowerCase() === value.toLowerCase());
}

/** `application/json`, and everything that ends in `+json` (RFC 6839, section 3.1). */
export function isJsonType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

/** `application/xml`, `text/xml`, and everything that ends in `+xml` (RFC 7303, sections 4 and 9.6) but for pictures. */
export function isXmlType(essence: string): boolean {
  return essence === 'application/xml' || essence === 'text/xml' || /^application\/.*\+xml$/.test(essence);
}

/** Fields by name, urlencoded or in parts. */
export function isFormType(essence: string): boolean {
  return essence === 'application/x-www-form-urlencoded' || essence === 'multipart/form-data';
}
