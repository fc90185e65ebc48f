import { STATUS_CODES } from 'node:http';
import type { ErrorFacts } from '../model/error-facts.ts';
import { fieldErrors, reasonsOf } from './field-errors.ts';

type Fill = (facts: ErrorFacts) => unknown;

/** Templates made ready, since an API has one for all its errors. */
const ready = new WeakMap<object, Fill>();

/**
 * Replaces `{status}`, `{reason}` (the status in HTTP's words), `{code}`, `{title}` and `{message}` in every string; a string that is only `{status}` becomes the number,
 * `{reasons}` the messages of what is at fault (else the error's), `{fields}` those by field, left out where there are none.
 */
export function fillErrorTemplate(template: unknown, facts: ErrorFacts): unknown {
  if (typeof template !== 'object' || template === null) return prepare(template)(facts);
  let fill = ready.get(template);
  if (!fill) {
    fill = prepare(template);
    ready.set(template, fill);
  }
  return fill(facts);
}

function prepare(template: unknown): Fill {
  if (template === '{status}') return ({ status }) => status;
  if (template === '{fields}') return ({ violations = [] }) => fieldErrors(violations);
  if (template === '{reasons}') return ({ message, violations = [] }) => reasonsOf(violations) || message;
  if (typeof template === 'string') return prepareText(template);
  if (typeof template !== 'object' || template === null) return () => template;
  if (Array.isArray(template)) {
    const items = template.map(prepare);
    return (facts) => items.map((fill) => fill(facts));
  }
  const entries = Object.entries(template).map(([key, value]) => [key, prepare(value)] as const);
  return (facts) => {
    const filled: Record<string, unknown> = {};
    for (const [key, fill] of entries) filled[key] = fill(facts);
    return filled;
  };
}

const names: Readonly<Record<string, (facts: ErrorFacts) => string>> = {
  status: ({ status }) => String(status),
  code: ({ code }) => code,
  title: ({ title }) => title,
  message: ({ message }) => message,
  reason: ({ status, title }) => STATUS_CODES[status] ?? title,
};

function prepareText(template: string): Fill {
  // What stands between the names, each followed by the name.
  const parts = template.split(/\{(status|code|title|message|reason)\}/);
  return (facts) => {
    let text = parts[0] ?? '';
    for (let index = 1; index < parts.length; index += 2)
      text += `${names[parts[index] ?? '']?.(facts)}${parts[index + 1]}`;
    return text;
  };
}
