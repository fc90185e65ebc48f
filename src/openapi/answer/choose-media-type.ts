import type { MediaType } from '../document/document.ts';
import { isJsonType, parseMediaType } from '../document/media-type.ts';
import { type Acceptance, acceptanceOf, acceptsAll, rangesOf } from './accept.ts';

/** A declared media type that is answered with, and what the Content-Type is called. */
export interface ChosenMediaType {
  readonly declared: MediaType;
  /** As declared; for a range such as `image/*` a type that falls under it. */
  readonly name: string;
}

/** What a declared range is answered with where the caller does not say. */
const membersOf: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'application/*+json': 'application/hal+json',
  'application/*+xml': 'application/atom+xml',
  'text/*': 'text/plain',
  'image/*': 'image/png',
  'audio/*': 'audio/wav',
  'video/*': 'video/mp4',
  'multipart/*': 'multipart/form-data',
  'font/*': 'font/woff2',
};

/**
 * The declared media type that an Accept field asks for, best first (RFC 9110, section 12.5.1): by weight, then the types it
 * names before its ranges, then JSON, then the document's order. Declared ranges stand for JSON, or the commonest type of
 * their family (OpenAPI 3.1, section 4.8.14.1 allows any); for others only where nothing else fits. A field that takes
 * `application/json` takes its `+json` relatives, such as HAL, rather than nothing.
 *
 * @returns undefined where nothing is declared or nothing fits
 */
export function chooseMediaType(
  declared: readonly MediaType[],
  accept: string | undefined,
): ChosenMediaType | undefined {
  const offers = declared.map((media) => ({ declared: media, name: memberOf(media.name) }));
  if (acceptsAll(accept)) return offers.find(({ name }) => isJson(name)) ?? offers[0];
  const ranges = rangesOf(accept);
  const exact = best(offers, (name) => acceptanceOf(ranges, name));
  if (exact) return exact;
  const asked = ranges
    .filter(({ type, weight }) => weight > 0 && !type.includes('*'))
    .map(({ type }) => type);
  const members = declared
    .filter(({ name }) => name.includes('*'))
    .flatMap((media) =>
      asked.filter((type) => isBelow(type, media.name)).map((name) => ({ declared: media, name })),
    );
  return (
    best(members, (name) => acceptanceOf(ranges, name)) ??
    best(
      offers.filter(({ name }) => isJson(name)),
      () => acceptanceOf(ranges, 'application/json'),
    )
  );
}

/** The first of those that are accepted best. */
function best(
  offers: readonly ChosenMediaType[],
  acceptance: (name: string) => Acceptance | undefined,
): ChosenMediaType | undefined {
  const accepted = offers.flatMap((offer) => {
    const found = acceptance(offer.name);
    return found ? [{ offer, found, isJson: isJson(offer.name) }] : [];
  });
  accepted.sort(
    (one, other) =>
      other.found.weight - one.found.weight ||
      other.found.precision - one.found.precision ||
      one.found.place - other.found.place ||
      Number(other.isJson) - Number(one.isJson),
  );
  return accepted[0]?.offer;
}

function memberOf(name: string): string {
  if (!name.includes('*')) return name;
  return membersOf[parseMediaType(name)?.essence ?? name] ?? 'application/octet-stream';
}

function isBelow(type: string, range: string): boolean {
  const [family = '', subtype = ''] = (parseMediaType(range)?.essence ?? range).split('/');
  if (family === '*') return true;
  const suffix = subtype.startsWith('*+') ? subtype.slice(1) : '';
  return type.startsWith(`${family}/`) && type.endsWith(suffix);
}

function isJson(name: string): boolean {
  return isJsonType(parseMediaType(name)?.essence ?? '');
}
