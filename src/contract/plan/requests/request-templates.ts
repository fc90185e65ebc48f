import { isObject } from '../../../json/is-object.ts';
import type { Reference, RequestTemplate } from '../../model/request-template.ts';

export function isReference(value: unknown): value is Reference {
  return isObject(value) && typeof value.$from === 'string' && typeof value.field === 'string';
}

/** A value with each Reference in it replaced; parts without one stay the same objects. */
export function fillValue(value: unknown, look: (reference: Reference) => unknown): unknown {
  if (isReference(value)) return look(value);
  if (Array.isArray(value)) return value.map((item) => fillValue(item, look));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fillValue(part, look)]));
}

/** A request with each Reference in it replaced. */
export function fillRequestTemplate(
  template: RequestTemplate,
  look: (reference: Reference) => unknown,
): RequestTemplate {
  const fill = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fillValue(value, look)]));
  const { body, cookies, headers, path, query } = template;
  return {
    ...template,
    path: fill(path),
    query: fill(query),
    headers: fill(headers),
    cookies: fill(cookies),
    body: body && { ...body, value: fillValue(body.value, look) },
  };
}

/** A value with what is known of its References in their place, by `<$from>.<field>`. */
export function withStandIns(value: unknown, standIns: Readonly<Record<string, unknown>>): unknown {
  return fillValue(value, ({ $from, field }) => standIns[`${$from}.${field}`]);
}

/** All References in a request. */
export function referencesIn(template: RequestTemplate): readonly Reference[] {
  const found: Reference[] = [];
  fillRequestTemplate(template, (reference) => {
    found.push(reference);
    return reference;
  });
  return found;
}
