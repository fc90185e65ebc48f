import { childOf, keysOf } from '../../json/json-pointer.ts';
import { parseJsonBody, signedText } from './json-body.ts';

const form = /^application\/x-www-form-urlencoded\b/i;

/** The fields of a form as they are decoded, in the order of the body; none for what is no form. */
export function formFields(body: Uint8Array, contentType: string): readonly (readonly [string, string])[] {
  return form.test(contentType) ? [...new URLSearchParams(Buffer.from(body).toString('utf8'))] : [];
}

/**
 * The fields of a form sorted by the code units of their names, name and value with nothing between; several values of one name
 * are sorted too, and each different one is written once. Source: Twilio, "Validate webhook requests", and its library.
 */
export function sortedForm(body: Uint8Array, contentType: string): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of formFields(body, contentType))
    values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values]
    .toSorted(([left], [right]) => byCodeUnit(left, right))
    .flatMap(([name, its]) => [...its].toSorted(byCodeUnit).map((value) => name + value))
    .join('');
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/**
 * One field of a body as text: of JSON by its pointer, of a form by its name. Numbers are as they are written, null and an absent
 * field are empty, objects and lists are JSON.
 */
export function bodyField(body: Uint8Array, contentType: string, pointer: string): string {
  const keys = keysOf(`#${pointer}`) ?? [];
  const fields = formFields(body, contentType);
  if (fields.length > 0) return fields.find(([name]) => name === keys.join('/'))?.[1] ?? '';
  return signedText(keys.reduce(childOf, parseJsonBody(body)));
}
