import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';

/** More changes than this are not tried: large payloads have as many as they have fields. */
const mostTries = 200;

/**
 * A payload that differs from a valid one in one place, and that the document refuses because of it: a field is missing, or
 * is of another type.
 *
 * @throws SparringError `usage` where the document refuses none of them
 */
export async function breakPayload(
  payload: unknown,
  isRefused: (candidate: unknown) => Promise<boolean>,
): Promise<unknown> {
  let tries = 0;
  for (const candidate of changesOf(payload)) {
    tries += 1;
    if (tries > mostTries) break;
    if (await isRefused(candidate)) return candidate;
  }
  throw new SparringError('usage', 'No payload was found that breaks the document.', {
    next: 'Its schema allows whatever was tried; give a payload by --data with --no-validate.',
  });
}

/** The value changed in one place: fields left out first, then values of other types, from the outside in. */
function* changesOf(value: unknown): Generator<unknown> {
  if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const { [name]: _, ...others } = value;
      yield others;
    }
    for (const [name, part] of Object.entries(value)) yield { ...value, [name]: ofOtherType(part) };
    for (const [name, part] of Object.entries(value))
      for (const changed of changesOf(part)) yield { ...value, [name]: changed };
  } else if (Array.isArray(value)) {
    for (const [index, part] of value.entries())
      for (const changed of changesOf(part)) yield value.with(index, changed);
  } else yield ofOtherType(value);
}

function ofOtherType(value: unknown): unknown {
  return typeof value === 'string' ? { not: 'a text' } : 'not what it should be';
}
