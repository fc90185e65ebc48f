import type { Operation } from '../../openapi/document.ts';
import type { Case } from '../types.ts';
import { baseRequest } from './base-request.ts';
import { makeCase } from './make-case.ts';
import type { PlanContext } from './plan-context.ts';

const candidates = ['PATCH', 'PUT', 'DELETE', 'POST', 'GET'];

/** A method that no operation of the path has, once a path; a media type that the operation does not declare. */
export function methodCases(context: PlanContext, operation: Operation): readonly Case[] {
  return [...wrongMethod(context, operation), ...wrongMediaType(context, operation)];
}

function wrongMethod(context: PlanContext, operation: Operation): readonly Case[] {
  const same = context.document.operations.filter(({ path }) => path === operation.path);
  if (same[0] !== operation) return [];
  const taken = new Set(same.map(({ method }) => method.toUpperCase()));
  const method = candidates.find((candidate) => !taken.has(candidate));
  if (method === undefined) return [];
  const base = baseRequest(context, operation);
  const needs = base.needs.map((need) => ({ ...need, usableFor: undefined }));
  const template = { ...base.template, method, body: undefined, query: {} };
  return [
    makeCase(context, {
      operation,
      phase: 'methods',
      what: `${method}`,
      title: `${method}, which ${operation.path} does not have`,
      base: { needs, template },
      expect: 'method-refused',
    }),
  ];
}

function wrongMediaType(context: PlanContext, operation: Operation): readonly Case[] {
  const declared = operation.requestBody?.mediaTypes ?? [];
  if (declared.length === 0 || declared.some(({ name }) => name === '*/*' || name === 'application/*'))
    return [];
  const base = baseRequest(context, operation);
  const body = { mediaType: 'application/x-sparring', value: undefined, raw: 'sparring' };
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
