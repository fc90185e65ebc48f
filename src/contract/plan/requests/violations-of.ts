import { SparringError, type Violation } from '../../../errors.ts';
import { isObject } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import { schemaContext } from '../../../openapi/schema/schema-context.ts';
import type { Reference, RequestTemplate } from '../../model/request-template.ts';
import type { PlanContext } from './plan-context.ts';
import { fillRequestTemplate } from './request-templates.ts';
import { serialise } from './serialise.ts';

/** RFC 9110, section 5.5, without what is obsolete. */
const fieldValue = /^[\t\x20-\x7e]*$/;

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
  const unsendable = Object.keys(written.headers).find(
    (name) => !fieldValue.test(written.headers[name] ?? ''),
  );
  if (unsendable !== undefined)
    return [{ location: `header/${unsendable}`, code: 'field-value', message: 'must be visible ASCII' }];
  const params = Object.fromEntries(Object.entries(stand.path).map(([name, value]) => [name, String(value)]));
  const isMultipart = /^multipart\/form-data/.test(template.body?.mediaType ?? '');
  try {
    const body = typeof written.body === 'string' ? Buffer.from(written.body) : written.body;
    const sent = isMultipart ? undefined : body;
    const read = context.readerOf(operation).validate(params, written.query, written.headers, sent);
    if (read instanceof Promise) return undefined;
    if (!isMultipart) return read.violations;
    const others = read.violations.filter(({ location }) => location !== 'body');
    return [...others, ...multipartViolations(context, operation, stand)];
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

/** Of a multipart form, which servers read in another turn: each part that is no JSON arrives as text. */
function multipartViolations(
  { document, validators }: PlanContext,
  operation: Operation,
  { body }: RequestTemplate,
): readonly Violation[] {
  const declared = operation.requestBody?.mediaTypes.find(({ name }) => name === body?.mediaType);
  if (declared?.schema === undefined || body?.raw !== undefined) return [];
  const value = isObject(body?.value) ? body.value : {};
  const asText = (part: unknown) => (isObject(part) ? part : String(part));
  const texts = Object.entries(value).map(([name, part]) => [
    name,
    Array.isArray(part) ? part.map(asText) : asText(part),
  ]);
  const coerce = schemaContext(document, validators).coercions(declared.schema);
  return validators.validate(declared.schema, coerce(Object.fromEntries(texts)), 'request', 'body');
}

/** The template with values in place of its References that their places allow. */
function standIns(template: RequestTemplate): RequestTemplate {
  const source = seededSource('stand-in');
  const known = template.standIns ?? {};
  return fillRequestTemplate(template, ({ $from, field }: Reference) => {
    const key = `${$from}.${field}`;
    return Object.hasOwn(known, key) ? known[key] : source.uuid(key);
  });
}
