import type { ApiDocument, Operation, SecurityAlternative } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { CredentialsFor, CredentialUse } from '../../model/request-template.ts';
import type { Expectation } from '../../model/step.ts';
import { baseRequest } from '../requests/base-request.ts';
import { insufficientScope } from '../requests/insufficient-scope.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { intrusionCases } from './intrusion-cases.ts';

interface Attempt {
  readonly use: CredentialUse;
  readonly title: string;
  readonly expect?: Expectation;
  readonly about?: CredentialsFor;
}

/**
 * On every operation that asks for credentials: without, with ones that are wrong in each way that their scheme knows, with expired
 * ones, with ones whose scope does not suffice; where several are needed together, without each of them.
 */
export function authenticationCases(context: PlanContext, operation: Operation): readonly Case[] {
  const { security } = operation;
  if (security.length === 0 || security.some((alternative) => alternative.length === 0)) return [];
  const base = baseRequest(context, operation, { unique: `${operation.id} authentication` });
  const attempts = attemptsOf(context, operation).map(({ about, expect = 'unauthenticated', title, use }) => {
    const credentials = { credentials: use, ...(about && { credentialsFor: about }) };
    return makeCase(context, {
      operation,
      phase: 'authentication',
      what: [use, ...(isFirst(security, about) ? [] : [about?.alternative ?? 0, about?.scheme])].join(' '),
      title,
      base: { ...base, template: { ...base.template, ...credentials } },
      expect,
    });
  });
  return [...attempts, ...intrusionCases(context, operation)];
}

/** Whether a scheme is the only one that can be meant. */
function isFirst([first]: readonly SecurityAlternative[], about: CredentialsFor | undefined): boolean {
  return about === undefined || (about.alternative === 0 && first?.length === 1);
}

function attemptsOf({ document }: PlanContext, { security }: Operation): readonly Attempt[] {
  const schemes = security.flat();
  const isIssued = schemes.some(
    ({ scheme }) => document.extension.credentials?.[scheme]?.issuedBy !== undefined,
  );
  const isScoped = insufficientScope(document, security) !== undefined;
  return [
    { use: 'none', title: 'no credentials' },
    ...security.flatMap((alternative, index) => [
      ...alternative.flatMap(({ scheme }) =>
        tamperedUses(document, scheme).map((attempt) => ({
          ...attempt,
          about: { alternative: index, scheme },
        })),
      ),
      ...partialUses(security, index),
    ]),
    ...(isIssued ? ([{ use: 'expired', title: 'an expired token' }] as const) : []),
    ...(isScoped
      ? ([{ use: 'without-scope', title: 'a token without the scope', expect: 'forbidden' }] as const)
      : []),
  ];
}

const ofTokens: readonly Attempt[] = [
  { use: 'wrong', title: 'wrong credentials' },
  { use: 'tampered', title: 'the right token with one character changed' },
  { use: 'wrong-scheme', title: 'the right token under another scheme' },
  { use: 'empty', title: 'a scheme without a token' },
];
const ofPairs: readonly Attempt[] = [
  { use: 'wrong', title: 'wrong credentials' },
  { use: 'wrong-password', title: 'the right user with a wrong password' },
  { use: 'wrong-scheme', title: 'the right user and password under another scheme' },
  { use: 'empty', title: 'a scheme without user and password' },
];
const ofKeys: readonly Attempt[] = [
  { use: 'wrong', title: 'wrong credentials' },
  { use: 'tampered', title: 'the right key with one character changed' },
  { use: 'empty', title: 'an empty key' },
  { use: 'misplaced', title: 'the right key in another place' },
];

function tamperedUses({ securitySchemes }: ApiDocument, name: string): readonly Attempt[] {
  const scheme = securitySchemes[name];
  if (scheme?.type === 'apiKey') return ofKeys;
  return scheme?.type === 'http' && scheme.scheme.toLowerCase() === 'basic' ? ofPairs : ofTokens;
}

/** All but one of the schemes that are needed together, unless the rest would do by itself. */
function partialUses(security: readonly SecurityAlternative[], index: number): readonly Attempt[] {
  const alternative = security[index] ?? [];
  if (alternative.length < 2) return [];
  return alternative.flatMap(({ scheme }) => {
    const rest = new Set(alternative.filter((each) => each.scheme !== scheme).map((each) => each.scheme));
    const isEnough = security.some((other) => other.every((each) => rest.has(each.scheme)));
    const about = { alternative: index, scheme };
    return isEnough ? [] : [{ use: 'partial', title: `all but ${scheme}`, about }];
  });
}
