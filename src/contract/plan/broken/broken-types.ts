import type { BrokenValue, ValueBreaker } from './broken-value.ts';

const wrong = (value: unknown): readonly BrokenValue[] => [{ keyword: 'type', value }];

/** Values that no lenient reader could take for the type: objects for scalars, texts for numbers. */
export const brokenTypes: ValueBreaker = ({ asText, merged: { types }, required }) => {
  if (!types) return [];
  if (asText) return types.has('string') || types.has('array') ? [] : brokenText(types);
  const missing = types.has('null') ? [] : [nothing(required)];
  if (types.has('object') || types.has('array')) {
    return [
      ...(types.has('string') ? [] : wrong('not of this type')),
      ...missing,
      ...(types.has('array') ? wrong({ sparring: 'not of this type' }) : wrong(['not of this type'])),
    ];
  }
  return [
    ...wrong({ sparring: 'not of this type' }),
    ...missing,
    ...(types.has('string') ? wrong(['not of this type']) : wrong('not-a-value')),
    ...(types.has('integer') && !types.has('number') ? wrong(1.5) : []),
  ];
};

function brokenText(types: ReadonlySet<string>): readonly BrokenValue[] {
  const isWhole = types.has('integer') && !types.has('number');
  return [...wrong('not-a-value'), ...(isWhole ? wrong('1.5') : [])];
}

/** Null for an optional value is taken for none at all by many servers. */
function nothing(required: boolean): BrokenValue {
  return { keyword: 'type', value: null, ...(!required && { grade: 'convention' }) };
}
