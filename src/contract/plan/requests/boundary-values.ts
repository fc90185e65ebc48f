import { isObject } from '../../../json/is-object.ts';
import { numberRange } from '../../../openapi/sample/sample-number.ts';
import { isHumanText, isOneOfPair } from '../../generate/human-text.ts';
import type { RequestField } from './request-fields.ts';
import { callsByName } from './with-own-names.ts';

/** A value at the edge of what a schema allows. */
export interface BoundaryValue {
  /** For the case's id and title, such as `maxLength 40`. */
  readonly what: string;
  readonly value: unknown;
  /** Whether nobody says that servers take it, but that no keyword forbids it: nothing, and very much. */
  readonly isUnsaid?: boolean;
}

const longest = 5000;
/** Characters of a name that no other case has; see own-names. */
const shortestName = 12;
/** Accents in one and in two characters, another script, and characters beyond the first plane. */
const manyScripts = 'Zoë Zoe\u0308 Ω 名前 🙂 𝔘';

/** Values at the edges that the field's keywords draw; whether they are valid is for the compiled schema to say. */
export function boundaryValues(field: RequestField): readonly BoundaryValue[] {
  const { asText, merged } = field;
  const { types } = merged;
  return [
    ...listed(field),
    ...(types?.has('boolean') ? [true, false].map((value) => ({ what: String(value), value })) : []),
    ...(types?.has('null') && !asText ? [{ what: 'null', value: null }] : []),
    ...(types?.has('string') ? texts(field) : []),
    ...(types?.has('integer') || types?.has('number') ? numbers(field) : []),
    ...(types?.has('array') ? lists(field) : []),
  ];
}

/** The strictest value of a keyword: the largest of `minLength`s, the smallest of `maxLength`s. */
export function boundOf({ merged }: RequestField, keyword: string): number | undefined {
  const found = merged.nodes.flatMap(({ [keyword]: value }) => (typeof value === 'number' ? [value] : []));
  if (found.length === 0) return undefined;
  return /^min|^exclusiveMin/.test(keyword) ? Math.max(...found) : Math.min(...found);
}

export function hasKeyword({ merged }: RequestField, ...keywords: readonly string[]): boolean {
  return merged.nodes.some((node) => keywords.some((keyword) => node[keyword] !== undefined));
}

function listed({ merged }: RequestField): readonly BoundaryValue[] {
  const [values] = merged.nodes.flatMap((node) => (Array.isArray(node.enum) ? [node.enum] : []));
  return (values ?? [])
    .slice(0, 12)
    .map((value: unknown) => ({ what: `enum ${JSON.stringify(value)}`, value }));
}

function texts(field: RequestField): readonly BoundaryValue[] {
  if (hasKeyword(field, 'enum', 'const')) return [];
  const least = boundOf(field, 'minLength');
  const most = boundOf(field, 'maxLength');
  const plain = !hasKeyword(field, 'format', 'pattern', 'contentEncoding');
  const stretched = (length: number) =>
    (typeof field.value === 'string' && field.value !== '' ? field.value : 'a')
      .padEnd(length, 'a')
      .slice(0, length);
  const isOwn = callsByName.test(field.name);
  return [
    ...(isStretchable(field) && least !== undefined && least > (isOwn ? shortestName : 0) && least <= longest
      ? [{ what: `minLength ${least}`, value: stretched(least) }]
      : []),
    ...(isStretchable(field) && most !== undefined && most <= longest
      ? [{ what: `maxLength ${most}`, value: stretched(most) }]
      : []),
    ...(plain && isHumanText(field.name) && !isOwn
      ? [{ what: 'unicode', value: [...manyScripts].slice(0, most).join('').trim() }]
      : []),
    ...(plain && (least ?? 0) === 0 ? [{ what: 'empty', value: '', isUnsaid: least === undefined }] : []),
    ...formatted(field),
  ];
}

/** Whether a text means nothing to the server: it is for people, or its example is a plain word. */
function isStretchable({ name, value }: RequestField): boolean {
  return isHumanText(name) || (typeof value === 'string' && /^[\w .-]+$/.test(value));
}

const formats: Readonly<Record<string, readonly BoundaryValue[]>> = {
  date: [{ what: 'leap day', value: '2024-02-29' }],
  'date-time': [{ what: 'offset', value: '2026-01-31T12:00:00+02:00' }],
};

function formatted({ merged, value }: RequestField): readonly BoundaryValue[] {
  // An address that nobody else has; see own-addresses.
  if (
    typeof value === 'string' &&
    value.includes('@') &&
    merged.nodes.some(({ format }) => format === 'email')
  )
    return [{ what: 'email with a tag', value: value.replace('@', '+tag@mail.') }];
  return merged.nodes.flatMap(({ format }) =>
    typeof format === 'string' && Object.hasOwn(formats, format) ? (formats[format] ?? []) : [],
  );
}

function numbers(field: RequestField): readonly BoundaryValue[] {
  const { nodes, types } = field.merged;
  const { least, most } = numberRange(nodes, !types?.has('number'));
  const edges = [
    ['minimum', least],
    ['maximum', most],
    ['exclusiveMinimum', least],
    ['exclusiveMaximum', most],
  ] as const;
  const bounded = edges.flatMap(([keyword, value]) => {
    const boundRecord = boundOf(field, keyword);
    return boundRecord === undefined || Math.abs(value) > Number.MAX_SAFE_INTEGER
      ? []
      : [{ what: `${keyword} ${boundRecord}`, value, isUnsaid: isOneOfPair(field.name) }];
  });
  if (Number.isFinite(most)) return bounded;
  const isLong = nodes.some(({ format }) => format === 'int64');
  const large = isLong ? Number.MAX_SAFE_INTEGER : 2 ** 31 - 1;
  return [...bounded, { what: `large ${large}`, value: large, isUnsaid: true }];
}

function lists(field: RequestField): readonly BoundaryValue[] {
  const { asText, value } = field;
  const least = boundOf(field, 'minItems');
  // Texts have no way to say that a list is there and empty.
  const empty =
    !asText && (least ?? 0) === 0 ? [{ what: 'empty', value: [], isUnsaid: least === undefined }] : [];
  const item: unknown = Array.isArray(value) ? value[0] : undefined;
  if (item === undefined || isObject(item) || hasKeyword(field, 'uniqueItems')) return empty;
  const filled = (['minItems', 'maxItems'] as const).flatMap((keyword) => {
    const boundRecord = boundOf(field, keyword);
    return boundRecord === undefined || boundRecord > 100 || boundRecord === 0
      ? []
      : [{ what: `${keyword} ${boundRecord}`, value: Array.from({ length: boundRecord }, () => item) }];
  });
  return [...filled, ...empty];
}
