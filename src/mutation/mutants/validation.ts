import type { Violation } from '../../errors.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { RequestInput } from '../../openapi/request/prepare-request.ts';
import { noViolations } from '../../openapi/schema/validators.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import { alterPlan, tolerant } from './alter-answers.ts';
import { brokenRequests } from './broken-requests.ts';
import type { MutantOperator, Mutation } from './mutant.ts';
import { pickSome } from './pick.ts';

/** Most places of one operator in one operation. */
const mostPlaces = 2;

const rules: readonly (readonly [id: string, fault: string, codes: readonly string[]])[] = [
  ['unchecked-required', 'a required property may be left out', ['required', 'dependentRequired']],
  ['unchecked-type', 'a property may be of any type', ['type']],
  ['unchecked-enum', 'a property may have values that are not listed', ['enum', 'const']],
  ['unchecked-format', 'the format of a property is not looked at', ['format']],
  ['unchecked-pattern', 'the pattern of a property is not looked at', ['pattern']],
  ['unchecked-length', 'a text may be of any length', ['minLength', 'maxLength']],
  [
    'unchecked-bounds',
    'a number may be of any size',
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ],
  [
    'unchecked-items',
    'a list may have any number of items, also the same',
    ['minItems', 'maxItems', 'uniqueItems'],
  ],
  [
    'unchecked-extras',
    'a closed object takes unknown properties',
    ['additionalProperties', 'unevaluatedProperties'],
  ],
  [
    'unchecked-choice',
    'a value may fit none of its alternatives, or what is forbidden',
    ['oneOf', 'anyOf', 'not', 'if', 'false', 'minProperties', 'maxProperties', 'contains', 'propertyNames'],
  ],
];

/** Faults in what is asked of bodies: one rule in one place is not looked at. */
const bodyOperators: readonly MutantOperator[] = rules.map(([id, fault, codes]) => ({
  id,
  family: 'validation',
  fault: `Of a body, ${fault}.`,
  mutations: (subject) =>
    subject.scripts.flatMap((script) => {
      const broken = brokenRequests(subject, script).filter(
        ({ code, location }) => codes.includes(code) && location.startsWith('body'),
      );
      const { operation } = script;
      return pickSome(perPlace(broken), mostPlaces, subject.seed, `${id} ${operation.id}`).map((each) =>
        unchecked(operation, each, [...script.before, each.request]),
      );
    }),
}));

/** A parameter whose rules are not looked at. */
const parameterOperator = (
  id: string,
  fault: string,
  place: string,
  codes?: readonly string[],
): MutantOperator => ({
  id,
  family: 'validation',
  fault,
  mutations: (subject) =>
    subject.scripts.flatMap((script) => {
      const broken = brokenRequests(subject, script).filter(
        ({ code, location }) => location.startsWith(place) && (codes?.includes(code) ?? code !== 'required'),
      );
      const { operation } = script;
      return pickSome(perPlace(broken), mostPlaces, subject.seed, `${id} ${operation.id}`).map((each) =>
        unchecked(operation, each, [...script.before, each.request]),
      );
    }),
});

function perPlace<T extends { readonly location: string; readonly code: string }>(broken: readonly T[]) {
  return [...new Map(broken.map((each) => [`${each.location} ${each.code}`, each])).values()];
}

function unchecked(
  operation: Operation,
  { code, location }: Pick<Violation, 'code' | 'location'>,
  witness: Mutation['witness'],
): Mutation {
  // Whoever overlooks a rule for one item of a list overlooks it for all.
  const anyItem = (text: string) => text.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  const place = anyItem(location);
  const isMeant = (each: Violation) =>
    anyItem(each.location) === place && (each.code === code || code === 'oneOf' || code === 'anyOf');
  return {
    place: `${operation.id} ${place} ${code}`,
    operation,
    plant: (api) => overlook(api, operation, isMeant),
    witness,
    grants: true,
  };
}

/** An API that does not see some violations of requests for an operation. */
export function overlook(
  api: ServedApi,
  operation: Operation,
  isOverlooked: (violation: Violation) => boolean,
): ServedApi {
  const seen = (input: RequestInput): RequestInput => {
    if (input.violations.length === 0) return input;
    const violations = input.violations.filter((violation) => !isOverlooked(violation));
    return { ...input, violations: violations.length === 0 ? noViolations : violations };
  };
  return alterPlan(tolerant(api), [operation], (plan) => ({
    ...plan,
    request: {
      ...plan.request,
      validate(...given) {
        const input = plan.request.validate(...given);
        return input instanceof Promise ? input.then(seen) : seen(input);
      },
    },
  }));
}

export const validation: readonly MutantOperator[] = [
  ...bodyOperators,
  parameterOperator('unchecked-query', 'The values of a query parameter are not looked at.', 'query'),
  parameterOperator('unchecked-query-required', 'A required query parameter may be left out.', 'query', [
    'required',
  ]),
  parameterOperator('unchecked-path', 'The values of a path parameter are not looked at.', 'path'),
  parameterOperator(
    'unchecked-header',
    'A header parameter is not looked at, or may be left out.',
    'header',
    ['required', 'type', 'format', 'pattern', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ),
];
