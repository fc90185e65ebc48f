import type { Operation } from '../../../openapi/document/document.ts';
import { pathFactsOf } from '../../../openapi/infer/path-facts.ts';
import type { Case } from '../../model/case.ts';
import { baseRequest } from '../requests/base-request.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { referencesIn } from '../requests/request-templates.ts';
import { violationsOf } from '../requests/violations-of.ts';

/** Ids of the usual kinds that nobody is likely to have given. */
const absentIds: readonly unknown[] = [
  '5ba11ad0-4b5e-4c7f-8d1e-0123456789ab',
  987_654_321,
  'sparring-absent',
  '0123456789abcdef01234567',
];

/** Requests for records that are not there, where the document says what is answered then. */
export function absentCases(context: PlanContext): readonly Case[] {
  return context.document.operations.flatMap((operation) => absentCase(context, operation));
}

function absentCase(context: PlanContext, operation: Operation): readonly Case[] {
  const parameter = pathFactsOf(operation.path)?.idParameter;
  const isKnown = operation.responses.some(({ status }) => status === '404' || status === '410');
  if (parameter === undefined || !isKnown) return [];
  const base = baseRequest(context, operation, { unique: `${operation.id} absent` });
  const templates = absentIds.map((id) => ({
    ...base.template,
    path: { ...base.template.path, [parameter]: id },
  }));
  const template = templates.find((each) => violationsOf(context, operation, each)?.length === 0);
  if (!template) return [];
  const named = new Set(referencesIn(template).map(({ $from }) => $from));
  const preconditions = base.preconditions.filter(({ name }) => named.has(name));
  return [
    makeCase(context, {
      operation,
      phase: 'sequences',
      what: `absent ${parameter}`,
      title: `a ${parameter} that no record has`,
      base: { preconditions, template },
      expect: 'absent',
    }),
  ];
}
