import type { ApiDocument, Operation } from '../../openapi/document/document.ts';
import type { Case } from '../model/case.ts';
import { type Phase, phases } from '../model/phase.ts';
import type { Gap, Plan } from '../model/plan.ts';
import { absentCases } from './cases/absent-cases.ts';
import { authenticationCases } from './cases/authentication-cases.ts';
import { exampleCases } from './cases/example-cases.ts';
import { fuzzingCases } from './cases/fuzzing-cases.ts';
import { linkCases } from './cases/link-cases.ts';
import { listCases } from './cases/list-cases.ts';
import { methodCases } from './cases/method-cases.ts';
import { negativeCases } from './cases/negative-cases.ts';
import { positiveCases } from './cases/positive-cases.ts';
import { sequenceCases } from './cases/sequence-cases.ts';
import { writeCases } from './cases/write-cases.ts';
import { createChoice, type Narrowing, narrowPlan } from './narrow-plan.ts';
import { asWritable } from './requests/as-writable.ts';
import type { CaseMaker } from './requests/case-maker.ts';
import { createPlanContext, type PlanContext } from './requests/plan-context.ts';
import { webhookCases } from './webhooks/webhook-cases.ts';

export interface PlanOptions extends Narrowing {
  /** Default 1. */
  readonly seed?: number | undefined;
  /** At most as many cases, taken evenly over operations and phases. */
  readonly maxCases?: number | undefined;
  /** Values that only a person knows, by what they are for: `createOrder.body.customerId`, `parameters.region`, `schemas.Order.kind`. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly phases?: readonly Phase[] | undefined;
  /** How many requests of each kind are generated for an operation and media type; default 5. */
  readonly generated?: number | undefined;
}

const makers: readonly (readonly [Phase, CaseMaker])[] = [
  ['examples', exampleCases],
  ['positives', positiveCases],
  ['negatives', negativeCases],
  ['fuzzing', fuzzingCases],
  ['authentication', authenticationCases],
  ['methods', methodCases],
];
/** The phases whose cases are about several operations. */
const wholeMakers: readonly (readonly [Phase, (context: PlanContext) => readonly Case[]])[] = [
  ['sequences', sequenceCases],
  ['sequences', linkCases],
  ['sequences', absentCases],
  ['writes', writeCases],
  ['lists', listCases],
];
const usuallyGenerated = 5;

/** All cases of a document in a fixed order: by phase, then as the document has its operations. The same input gives the same plan. */
export function makePlan(
  document: ApiDocument,
  options: PlanOptions = {},
  context: PlanContext = createPlanContext(document, options.seed ?? 1, options.values),
): Plan {
  const { generated = usuallyGenerated } = options;
  const choice = createChoice(options);
  const isIn = (phase: Phase, operation?: Operation) =>
    (options.phases ?? phases).includes(phase) && choice.mayBeWanted(operation, phase);
  const gaps: Gap[] = [];
  const cases = makers.flatMap(([phase, make]) =>
    document.operations.flatMap((operation) => {
      if (!isIn(phase, operation)) return [];
      const onGap = (reason: string) => void gaps.push({ operation: operation.id, phase, reason });
      const made = make(context, operation, { generated, onGap });
      if (made.length === 0) gaps.push(...gapOf(operation, phase));
      return made;
    }),
  );
  for (const [phase, make] of wholeMakers) if (isIn(phase)) cases.push(...make(context));
  if (isIn('webhooks')) {
    const told = webhookCases(context);
    cases.push(...told.cases);
    gaps.push(...told.gaps);
  }
  const named = unique(cases).filter(choice.isWanted);
  const usable = withoutFaulty(context, named, (gap) => void gaps.push(gap));
  const writable = usable.flatMap((each) => {
    const written = asWritable(context, each);
    if (!written) gaps.push(unwritable(each));
    return written ?? [];
  });
  const unmatched = choice.unmatched();
  return {
    seed: context.seed,
    cases: narrowPlan(writable, options.maxCases),
    gaps: distinct(gaps),
    ...(unmatched.length > 0 && { unmatched }),
  };
}

/** Nobody can say what an operation takes whose schemas are of no use. */
function withoutFaulty(
  { validators }: PlanContext,
  cases: readonly Case[],
  onGap: (gap: Gap) => void,
): readonly Case[] {
  const faults = new Map<Operation, string | undefined>();
  const faultOf = (operation: Operation) => {
    if (!faults.has(operation)) faults.set(operation, validators.faultOf(operation, 'request'));
    return faults.get(operation);
  };
  return cases.filter(({ operation, phase, steps }) => {
    const met = [operation, ...steps.map((step) => step.operation)];
    const faulty = met.find((each) => faultOf(each) !== undefined);
    if (!faulty) return true;
    const reason = `nobody can say what ${faulty.id} takes: ${faultOf(faulty)}`;
    onGap({ operation: operation.id, phase, reason });
    return false;
  });
}

function gapOf(operation: Operation, phase: Phase): readonly Gap[] {
  if (phase === 'authentication' && operation.security.length > 0)
    return [{ operation: operation.id, phase, reason: 'credentials are optional' }];
  if (phase === 'examples') return [{ operation: operation.id, phase, reason: 'no request could be made' }];
  return [];
}

function unwritable({ operation, phase, steps }: Case): Gap {
  const types = new Set(steps.flatMap(({ request }) => request.body?.mediaType ?? []));
  return {
    operation: operation.id,
    phase,
    reason: `not every body can be written as ${[...types].join(', ')}`,
  };
}

/** Each gap once, though many cases fell into it. */
function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()];
}

/** Two cases may come out the same, such as an enum member that is also an example; ids stay unique all the same. */
function unique(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((each) => {
    const count = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, count);
    return count === 1 ? each : { ...each, id: `${each.id}~${count}` };
  });
}
