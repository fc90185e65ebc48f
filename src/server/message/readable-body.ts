import { fieldPath, insertField } from '../../openapi/request/field-path.ts';
import { decodeField, splitQueryText } from '../../openapi/request/query-text.ts';
import { headerOf, type RequestHeaders } from './api-message.ts';

/** A body to look at: JSON as a value, a form as its fields, else text, or bytes that are no text. */
export function readableBody(body: unknown, headers: RequestHeaders): unknown {
  const text = body instanceof Uint8Array ? textOf(body) : body;
  if (typeof text !== 'string') return body;
  if (/^application\/x-www-form-urlencoded/i.test(headerOf(headers, 'content-type') ?? ''))
    return formOf(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The fields of a form, as the engine reads them; the text itself where it is none. */
function formOf(text: string): unknown {
  const fields: Record<string, unknown> = {};
  try {
    for (const { name, raw } of splitQueryText(text, 'form'))
      insertField(fields, fieldPath(name), decodeField(raw, 'form'));
  } catch {
    return text;
  }
  return fields;
}
