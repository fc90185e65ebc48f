/** A media range of an Accept field. */
interface Range {
  /** Lower-case: `application/json`, or a range such as `image/*`. */
  readonly type: string;
  /** From 0, which refuses it, to 1. */
  readonly weight: number;
}

/** The media ranges of an Accept field, best first (RFC 9110, section 12.5.1), refused ones left out; undefined where all is accepted. */
export function acceptedTypes(accept: string | undefined): string[] | undefined {
  if (accept === undefined || accept.trim() === '' || accept.trim() === '*/*') return undefined;
  return rangesOf(accept)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ type }) => type);
}

/** Whether an Accept field lets a media type through: the most specific range that covers it decides. */
export function accepts(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined || accept === '*/*' || accept.trim() === '') return true;
  const essence = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const family = `${essence.split('/', 1)[0]}/*`;
  const ranges = rangesOf(accept);
  const deciding = [essence, family, '*/*']
    .map((type) => ranges.find((range) => range.type === type))
    .find(Boolean);
  return deciding !== undefined && deciding.weight > 0;
}

function rangesOf(accept: string): Range[] {
  return accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { type, weight: weight === undefined ? 1 : Number(weight) };
  });
}
