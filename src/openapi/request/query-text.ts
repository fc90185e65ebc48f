import { SparringError } from '../../errors.ts';

/** One `name=value` of a query or an urlencoded form: the name decoded, the value as it was sent. */
export interface QueryField {
  readonly name: string;
  readonly raw: string;
}

const noFields: readonly QueryField[] = [];

/**
 * Splits a query or an urlencoded form (WHATWG URL, section 5.1).
 *
 * @throws SparringError `malformed-url`, or `malformed-body` for a form, where a name's percent-encoding is no UTF-8
 */
export function splitQueryText(text: string, part: 'query' | 'form' = 'query'): readonly QueryField[] {
  if (text === '') return noFields;
  const fields: QueryField[] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    fields.push({ name: decodeField(name, part), raw: equals < 0 ? '' : pair.slice(equals + 1) });
  }
  return fields;
}

/** Percent-decoded, `+` for a space. */
export function decodeField(text: string, part: 'query' | 'form' = 'query'): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (cause) {
    const code = part === 'query' ? 'malformed-url' : 'malformed-body';
    throw new SparringError(code, `The ${part} holds a percent-encoding that is no UTF-8.`, { cause });
  }
}
