import { brokenChoices } from './broken-choices.ts';
import { brokenGroups } from './broken-groups.ts';
import { brokenLists } from './broken-lists.ts';
import { brokenNumbers } from './broken-numbers.ts';
import { brokenObjects } from './broken-objects.ts';
import { brokenTexts } from './broken-texts.ts';
import { brokenTypes } from './broken-types.ts';
import type { ValueBreaker } from './broken-value.ts';

const breakers: readonly ValueBreaker[] = [
  leftOut,
  brokenTypes,
  brokenChoices,
  brokenTexts,
  brokenNumbers,
  brokenLists,
  brokenObjects,
  brokenGroups,
];

/** At least one value for each keyword that a request could break; whether it does is for the compiled schema to say. */
export const brokenValues: ValueBreaker = (field, context) =>
  breakers.flatMap((breaker) => breaker(field, context));

function leftOut({
  location,
  place,
  required,
  value,
}: Parameters<ValueBreaker>[0]): ReturnType<ValueBreaker> {
  // A path without one of its parts is another path; a whole body left out is another case.
  const canBeLeftOut = place !== 'path' && location !== 'body';
  return required && value !== undefined && canBeLeftOut ? [{ keyword: 'required', value: undefined }] : [];
}
