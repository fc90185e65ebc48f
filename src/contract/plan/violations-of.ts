import { SparringError, type Violation } from '../../errors.ts';
import type { Operation } from '../../openapi/document.ts';
import { seededSource } from '../../openapi/seeded-source.ts';
import { serialise } from '../serialise.ts';
import type { Reference, RequestTemplate } from '../types.ts';
import type { PlanContext } from './plan-context.ts';
import { fillTemplate } from './templates.ts';

/**
 * What of a request breaks the document, as its compiled schemas see it once it is written out: the last word on whether a
 * planned request is valid or not. References stand for values their place allows.
 *
 * @returns undefined where it cannot be told
 */
export function violationsOf(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
): readonly Violation[] | undefined {
  const stand = standIns(template);
  const written = serialise(context.document, operation, stand);
  const params = Object.fromEntries(Object.entries(stand.path).map(([name, value]) => [name, String(value)]));
  try {
    const body = typeof written.body === 'string' ? Buffer.from(written.body) : written.body;
    const read = context.readerOf(operation).validate(params, written.query, written.headers, body);
    // Multipart forms alone are read in another turn; they are taken as they were made.
    return read instanceof Promise ? undefined : read.violations;
  } catch (error) {
    if (!(error instanceof SparringError)) throw error;
    if (error.code === 'document-invalid') return undefined;
    return [
      {
        location: error.code === 'malformed-url' ? 'path' : 'body',
        code: error.code,
        message: error.message,
      },
    ];
  }
}

/** The template with values in place of its References that their places allow. */
function standIns(template: RequestTemplate): RequestTemplate {
  const source = seededSource('stand-in');
  const known = template.standIns ?? {};
  return fillTemplate(template, ({ $from, field }: Reference) => {
    const key = `${$from}.${field}`;
    return Object.hasOwn(known, key) ? known[key] : source.uuid(key);
  });
}
