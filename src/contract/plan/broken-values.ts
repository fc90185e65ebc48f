import { isObject } from '../../openapi/is-object.ts';
import { boundOf, hasKeyword } from './boundary-values.ts';
import type { RequestField } from './fields.ts';

/** A value that breaks one keyword of a field's schema, and it alone where that can be done. */
export interface BrokenValue {
  readonly keyword: string;
  /** Undefined: the field is left out. */
  readonly value: unknown;
}

/** At least one value for each keyword that a request could break; whether it does is for the compiled schema to say. */
export function brokenValues(field: RequestField): readonly BrokenValue[] {
  const { location, merged, place, required, value } = field;
  // A path without one of its parts is another path; a whole body left out is another case.
  const canBeLeftOut = place !== 'path' && location !== 'body';
  const { types } = merged;
  return [
    ...(required && value !== undefined && canBeLeftOut ? [{ keyword: 'required', value: undefined }] : []),
    ...wrongTypes(field),
    ...wrongChoices(field),
    ...(types?.has('string') ? wrongTexts(field) : []),
    ...(types?.has('integer') || types?.has('number') ? wrongNumbers(field) : []),
    ...(types?.has('array') ? wrongLists(field) : []),
    ...(types?.has('object') ? wrongObjects(field) : []),
  ];
}

/** Values that no lenient reader could take for the type: objects for scalars, texts for numbers. */
function wrongTypes({ asText, merged: { types }, required }: RequestField): readonly BrokenValue[] {
  if (!types) return [];
  const wrong = (value: unknown) => [{ keyword: 'type', value }];
  if (asText) {
    const isText = types.has('string') || types.has('array') || types.has('object');
    return isText
      ? []
      : [...wrong('not-a-value'), ...(types.has('number') ? [] : types.has('integer') ? wrong('1.5') : [])];
  }
  const missing = !types.has('null') && required ? wrong(null) : [];
  if (types.has('object')) return [...(types.has('string') ? [] : wrong('not an object')), ...missing];
  return [
    ...wrong({ sparring: 'not of this type' }),
    ...(types.has('string') ? [] : wrong('not-a-value')),
    ...(types.has('integer') && !types.has('number') ? wrong(1.5) : []),
    ...missing,
  ];
}

function wrongChoices(field: RequestField): readonly BrokenValue[] {
  return (['enum', 'const'] as const)
    .filter((keyword) => hasKeyword(field, keyword))
    .map((keyword) => ({
      keyword,
      value: field.merged.types?.has('string') === false ? 987_654 : 'sparring-no-choice',
    }));
}

const badFormats: Readonly<Record<string, readonly string[]>> = {
  email: ['not-an-email', 'a@'],
  uuid: ['not-a-uuid'],
  date: ['2026-02-30', 'yesterday'],
  'date-time': ['2026-13-01T25:00:00Z', '2026-01-31'],
  time: ['25:00:00Z'],
  uri: ['not a uri'],
  url: ['not a url'],
  ipv4: ['256.1.1.1'],
  ipv6: ['12345::g'],
  hostname: ['-not-a-host-'],
};

function wrongTexts(field: RequestField): readonly BrokenValue[] {
  const least = boundOf(field, 'minLength');
  const most = boundOf(field, 'maxLength');
  const text = typeof field.value === 'string' ? field.value : 'a';
  const formats = field.merged.nodes.flatMap(({ format }) =>
    typeof format === 'string' && Object.hasOwn(badFormats, format) ? (badFormats[format] ?? []) : [],
  );
  // An empty segment would make another path.
  const shorter = least !== undefined && least > (field.place === 'path' ? 1 : 0);
  return [
    ...(shorter ? [{ keyword: 'minLength', value: text.slice(0, least - 1) }] : []),
    ...(most !== undefined && most < 5000
      ? [{ keyword: 'maxLength', value: text.padEnd(most + 1, 'a').slice(0, most + 1) }]
      : []),
    ...formats.map((value) => ({ keyword: 'format', value })),
    ...(hasKeyword(field, 'pattern')
      ? ['~', '!!! ~~~', '\u0001', `${text} ~`, 'a']
          .slice(field.place === 'headers' ? 3 : 0)
          .map((value) => ({ keyword: 'pattern', value }))
      : []),
  ];
}

function wrongNumbers(field: RequestField): readonly BrokenValue[] {
  const step = boundOf(field, 'multipleOf');
  const bounds = [
    ['minimum', -(step ?? 1)],
    ['maximum', step ?? 1],
    ['exclusiveMinimum', 0],
    ['exclusiveMaximum', 0],
  ] as const;
  return [
    ...bounds.flatMap(([keyword, outward]) => {
      const bound = boundOf(field, keyword);
      return bound === undefined ? [] : [{ keyword, value: bound + outward }];
    }),
    ...(step === undefined
      ? []
      : [{ keyword: 'multipleOf', value: (typeof field.value === 'number' ? field.value : 0) + step / 2 }]),
  ];
}

function wrongLists(field: RequestField): readonly BrokenValue[] {
  const items: readonly unknown[] = Array.isArray(field.value) ? field.value : [];
  const least = boundOf(field, 'minItems');
  const most = boundOf(field, 'maxItems');
  const [first] = items;
  return [
    ...(least !== undefined && least > 0 ? [{ keyword: 'minItems', value: items.slice(0, least - 1) }] : []),
    ...(most !== undefined && most < 200 && first !== undefined
      ? [{ keyword: 'maxItems', value: Array.from({ length: most + 1 }, () => first) }]
      : []),
    ...(hasKeyword(field, 'uniqueItems') && first !== undefined
      ? [{ keyword: 'uniqueItems', value: [first, first] }]
      : []),
  ];
}

function wrongObjects(field: RequestField): readonly BrokenValue[] {
  const value = isObject(field.value) ? field.value : {};
  return hasKeyword(field, 'additionalProperties', 'unevaluatedProperties')
    ? ['additionalProperties', 'unevaluatedProperties'].map((keyword) => ({
        keyword,
        value: { ...value, sparring_unknown: 'x' },
      }))
    : [];
}
