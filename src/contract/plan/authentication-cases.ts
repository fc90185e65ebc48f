import type { Operation } from '../../openapi/document.ts';
import type { Case, CredentialUse, Expectation } from '../types.ts';
import { baseRequest } from './base-request.ts';
import { insufficientScope } from './insufficient-scope.ts';
import { makeCase } from './make-case.ts';
import type { PlanContext } from './plan-context.ts';

interface Attempt {
  readonly use: CredentialUse;
  readonly title: string;
  readonly expect: Expectation;
}

/** On every operation that asks for credentials: without, with wrong, with expired ones, and with ones whose scope does not suffice. */
export function authenticationCases(context: PlanContext, operation: Operation): readonly Case[] {
  const { security } = operation;
  if (security.length === 0 || security.some((alternative) => alternative.length === 0)) return [];
  const base = baseRequest(context, operation, { unique: `${operation.id} authentication` });
  return attemptsOf(context, operation).map(({ expect, title, use }) =>
    makeCase(context, {
      operation,
      phase: 'authentication',
      what: use,
      title,
      base: { ...base, template: { ...base.template, credentials: use } },
      expect,
    }),
  );
}

function attemptsOf({ document }: PlanContext, { security }: Operation): readonly Attempt[] {
  const schemes = security.flat();
  const isIssued = schemes.some(
    ({ scheme }) => document.extension.credentials?.[scheme]?.issuedBy !== undefined,
  );
  const isScoped = insufficientScope(document, security) !== undefined;
  return [
    { use: 'none', title: 'no credentials', expect: 'unauthenticated' },
    { use: 'wrong', title: 'wrong credentials', expect: 'unauthenticated' },
    ...(isIssued
      ? ([{ use: 'expired', title: 'an expired token', expect: 'unauthenticated' }] as const)
      : []),
    ...(isScoped
      ? ([{ use: 'without-scope', title: 'a token without the scope', expect: 'forbidden' }] as const)
      : []),
  ];
}
