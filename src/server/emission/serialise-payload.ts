import { isObject } from '../../json/is-object.ts';

/** A payload as the text of its media type: a form's fields (nested ones as `a[b]`), text as it is, else JSON. Nothing is an empty body. */
export function serialisePayload(payload: unknown, mediaType = 'application/json'): string {
  if (payload === undefined) return '';
  if (mediaType === 'application/x-www-form-urlencoded') return formOf(payload);
  if (typeof payload === 'string' && mediaType.startsWith('text/')) return payload;
  return JSON.stringify(payload);
}

function formOf(payload: unknown): string {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) add(`${name}[${index}]`, item);
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) add(name === '' ? key : `${name}[${key}]`, item);
    else if (value !== null && value !== undefined) form.append(name, String(value));
  };
  add('', payload);
  return form.toString();
}
