import { numberRange } from '../../../openapi/sample/sample-number.ts';
import { textsOf } from '../../generate/generator-context.ts';
import { boundOf } from '../requests/boundary-values.ts';
import type { RequestField } from '../requests/request-fields.ts';
import type { BrokenValue, ValueBreaker } from './broken-value.ts';

/** Just beyond each bound, and between two multiples. */
export const brokenNumbers: ValueBreaker = (field) => {
  const { types } = field.merged;
  if (!types?.has('integer') && !types?.has('number')) return [];
  const step = boundOf(field, 'multipleOf');
  const bounds = [
    ['minimum', -(step ?? 1)],
    ['maximum', step ?? 1],
    ['exclusiveMinimum', 0],
    ['exclusiveMaximum', 0],
  ] as const;
  return [
    ...bounds.flatMap(([keyword, outward]) => {
      const boundRecord = boundOf(field, keyword);
      // The next number is the same one where they are too large to be told apart.
      if (boundRecord === undefined || (outward !== 0 && boundRecord + outward === boundRecord)) return [];
      return [{ keyword, value: boundRecord + outward }];
    }),
    ...(step === undefined ? [] : offGrid(field, step)),
    ...tooLong(field),
  ];
};

/** Beyond 32 bits. Formats of numbers are taken for hints by many, as JSON Schema has it of all formats (validation, section 7.2). */
function tooLong({ merged }: RequestField): readonly BrokenValue[] {
  const isShort = textsOf(merged, 'format').includes('int32');
  return isShort ? [{ keyword: 'format', value: 2 ** 31, grade: 'convention' }] : [];
}

function offGrid(field: RequestField, step: number): readonly BrokenValue[] {
  const isInteger = !field.merged.types?.has('number');
  const { least } = numberRange(field.merged.nodes, isInteger);
  const given = typeof field.value === 'number' ? field.value : Number(field.value ?? Number.NaN);
  return [given, least]
    .filter(Number.isFinite)
    .flatMap((start) => [start + 1, start + step / 2, start - 1])
    .map((value) => ({ keyword: 'multipleOf', value }));
}
