import type { Operation } from '../../../openapi/document/document.ts';
import { successSchema } from '../../../openapi/document/success-schema.ts';
import type { Case } from '../../model/case.ts';
import { baseRequest } from '../requests/base-request.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';

const candidates = ['PATCH', 'PUT', 'DELETE', 'POST', 'GET', 'HEAD', 'OPTIONS'];

/** Each method that no operation of the path has, once a path; a media type that the operation does not declare, of the body and of the answer. */
export function methodCases(context: PlanContext, operation: Operation): readonly Case[] {
  return [
    ...wrongMethods(context, operation),
    ...wrongMediaType(context, operation),
    ...unknownAnswer(context, operation),
  ];
}

function wrongMethods(context: PlanContext, operation: Operation): readonly Case[] {
  const { operations } = context.document;
  if (operations.find(({ path }) => path === operation.path) !== operation) return [];
  const taken = new Set(
    operations
      .filter(({ path }) => path === operation.path || isMetBy(operation.path, path))
      .map(({ method }) => method.toUpperCase()),
  );
  const base = baseRequest(context, operation);
  const { preconditions, template } = base;
  // Whoever answers it as the declared method lacks nothing for that.
  const bodyOf = (method: string) => (/^P/.test(method) ? template.body : undefined);
  return candidates
    .filter((method) => !taken.has(method))
    .map((method) =>
      makeCase(context, {
        operation,
        phase: 'methods',
        what: method,
        title: `${method}, which ${operation.path} does not have`,
        base: { preconditions, template: { ...template, method, body: bodyOf(method) } },
        expect: 'method-refused',
      }),
    );
}

/** Whether requests to one path are met by the template of another, as `/pets/find` is by `/pets/{id}`. */
function isMetBy(path: string, template: string): boolean {
  const [segments, others] = [path.split('/'), template.split('/')];
  return (
    segments.length === others.length &&
    others.every((other, index) => other.includes('{') || other === segments[index])
  );
}

/** An Accept that the operation cannot satisfy; it may be refused or ignored (RFC 9110, section 12.5.1). */
function unknownAnswer(context: PlanContext, operation: Operation): readonly Case[] {
  if (operation.method !== 'get' || successSchema(operation) === undefined) return [];
  const base = baseRequest(context, operation);
  const headers = { ...base.template.headers, accept: 'application/x-sparring' };
  return [
    makeCase(context, {
      operation,
      phase: 'methods',
      what: 'accept',
      title: 'an answer of a media type that is not declared',
      base: { ...base, template: { ...base.template, headers } },
      expect: 'any',
    }),
  ];
}

function wrongMediaType(context: PlanContext, operation: Operation): readonly Case[] {
  const declared = operation.requestBody?.mediaTypes ?? [];
  if (declared.length === 0 || declared.some(({ name }) => name === '*/*' || name === 'application/*'))
    return [];
  const base = baseRequest(context, operation);
  // What would be taken as one that is: a body that fails for itself shows nothing.
  const { mediaType, ...rest } = base.template.body ?? { mediaType: undefined, value: 'sparring' };
  const body = { ...rest, mediaType: 'application/x-sparring', writtenAs: mediaType };
  return [
    makeCase(context, {
      operation,
      phase: 'methods',
      what: 'media type',
      title: 'a body of a media type that is not declared',
      base: { ...base, template: { ...base.template, body } },
      expect: 'media-type-refused',
    }),
  ];
}
