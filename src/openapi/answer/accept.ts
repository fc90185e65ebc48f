import { parseMediaType } from '../document/media-type.ts';

/** A media range of an Accept field. */
interface Range {
  /** Lower-case: `application/json`, or a range such as `image/*`. */
  readonly type: string;
  /** By lower-case name, without the weight. */
  readonly parameters: Readonly<Record<string, string>>;
  /** From 0, which refuses it, to 1. */
  readonly weight: number;
}

/** How well an Accept field takes a media type: sorted by these, the first is answered. */
export interface Acceptance {
  readonly weight: number;
  /** 3 for the type itself, 2 for its family such as `image/*`, 1 for all. */
  readonly precision: number;
  /** Where in the field the range stands that covers it. */
  readonly place: number;
}

/** Whether an Accept field lets all through. */
export function acceptsAll(accept: string | undefined): accept is undefined {
  return accept === undefined || accept === '*/*' || accept.trim() === '' || accept.trim() === '*/*';
}

/** Whether an Accept field lets a media type through: the most specific range that covers it decides. */
export function accepts(accept: string | undefined, mediaType: string): boolean {
  return acceptsAll(accept) || acceptanceOf(rangesOf(accept), mediaType) !== undefined;
}

/**
 * How a media type is accepted by the range that covers it most precisely (RFC 9110, section 12.5.1), parameters included;
 * undefined where none does, or where that one refuses it.
 */
export function acceptanceOf(ranges: readonly Range[], mediaType: string): Acceptance | undefined {
  const offered = parseMediaType(mediaType);
  const essence = offered?.essence ?? '';
  const family = `${essence.split('/', 1)[0]}/*`;
  let best: (Acceptance & { readonly agreed: number }) | undefined;
  for (const [place, { parameters, type, weight }] of ranges.entries()) {
    const precision = type === essence ? 3 : type === family ? 2 : type === '*/*' ? 1 : 0;
    if (precision === 0) continue;
    const agreed = agreementOf(parameters, offered?.parameters ?? {});
    if (agreed < 0) continue;
    const isBetter =
      !best || precision > best.precision || (precision === best.precision && agreed > best.agreed);
    if (isBetter) best = { weight, precision, place, agreed };
  }
  return best && best.weight > 0 ? best : undefined;
}

/** How many parameters of a range a media type has too; below 0 where it has one of another value. */
function agreementOf(asked: Range['parameters'], offered: Range['parameters']): number {
  let agreed = 0;
  for (const [name, value] of Object.entries(asked)) {
    const own = offered[name];
    if (own === undefined || name === 'charset') continue;
    if (own.toLowerCase() !== value.toLowerCase()) return -1;
    agreed += 1;
  }
  return agreed;
}

/** The media ranges of an Accept field, in its order. */
export function rangesOf(accept: string): readonly Range[] {
  return accept
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const { q, ...parameters } = parseMediaType(part.trim())?.parameters ?? {};
      const type = (part.split(';', 1)[0] ?? '').trim().toLowerCase();
      const weight = q === undefined ? 1 : Number(q);
      return { type: type === '*' ? '*/*' : type, parameters, weight: Number.isNaN(weight) ? 0 : weight };
    });
}
