import type { Case, Precondition } from '../model/case.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { CaseExchange } from '../model/exchange.ts';
import type { CredentialUse } from '../model/request-template.ts';
import type { PageWalk, Step } from '../model/step.ts';
import { isSafe } from '../plan/requests/is-safe.ts';
import type { BoundRecord, CaseContext, Environment } from './environment/environment.ts';
import { bindValues } from './records/bind-values.ts';
import { cleanUp } from './records/clean-up.ts';
import { establishPrecondition } from './records/establish-precondition.ts';
import { locationTarget } from './records/location-target.ts';
import { nextPage } from './records/next-page.ts';
import { noteCreation } from './records/note-created.ts';
import { refusalOfWrite } from './records/refusal-of-write.ts';
import { rename, renamedBy } from './records/renamed.ts';
import { learnFrom, sendAccepted, withRemedy } from './records/send-accepted.ts';
import { fillFrom, type Sending, sendRequest, succeeded } from './records/send-request.ts';
import { runWebhookCase } from './webhooks/run-webhook-case.ts';

/** Longer than any token lasts. */
const untilExpired = '25h';

/** Runs one case: makes what it needs, takes its steps, and deletes what it made, whatever happens in between. */
export async function runCase(shared: Environment, planned: Case): Promise<CaseRun> {
  const asides: CaseExchange[] = [];
  const environment: Environment = { ...shared, asides };
  const isExpiry = planned.steps.some(({ request }) => request.credentials === 'expired');
  // Time is moved on where no other case is.
  const namespace =
    isExpiry && environment.namespace !== undefined
      ? `${environment.namespace}-expired`
      : environment.namespace;
  const caseContext: CaseContext = {
    environment,
    namespace,
    key: planned.id,
    bindings: new Map(),
    owned: [],
    deleted: new Set(),
  };
  const exchanges: CaseExchange[] = [];
  const refusal = refusalOf(environment, planned);
  if (planned.webhook && refusal === undefined) return runWebhookCase(environment, planned, planned.webhook);
  let notRun = refusal;
  try {
    notRun ??= await takeSteps(caseContext, planned, exchanges);
  } finally {
    await cleanUp(environment, caseContext.owned, namespace, caseContext.deleted);
  }
  const bindings = Object.fromEntries([...caseContext.bindings].map(([name, { record }]) => [name, record]));
  return { case: planned, exchanges: [...exchanges, ...asides], bindings, notRun };
}

/** The reason why a case is not started; undefined when it can be. */
function refusalOf(environment: Environment, planned: Case): string | undefined {
  const { context, controls, isLoopback, manners, write } = environment;
  if (planned.writes && !write)
    return 'it may change something, and the target is not this machine; allow it with --write';
  const isShown = context.collections.lists.some(({ list }) => list === planned.operation);
  if (planned.phase === 'lists' && isShown && controls)
    return 'the mock answers it from its examples, whatever is asked';
  const elsewhere = planned.steps.flatMap(({ operation }) => operation.hosts)[0];
  if (elsewhere !== undefined && !isLoopback) return `it is served by another host, ${elsewhere}`;
  const isExpiry = planned.steps.some(({ request }) => request.credentials === 'expired');
  if (isExpiry && !controls) return 'only a mock can let a token expire at once';
  if (!isLoopback && isGuessedAgain(environment, planned))
    return 'it was tried on another operation, and many such attempts could lock the account';
  // What is tried of methods that are not declared is refused where it is about no record of the run's.
  const declared = planned.steps.filter(
    ({ expect, request }) => expect !== 'method-refused' || isSafe(request.method),
  );
  return Iterator.from(declared)
    .map(
      ({ operation, request: { method } }) =>
        manners.refusal(operation, method) ?? manners.stayRefusal(operation, method),
    )
    .find((refusal) => refusal !== undefined);
}

const guesses: ReadonlySet<CredentialUse> = new Set([
  'tampered',
  'wrong-scheme',
  'empty',
  'misplaced',
  'partial',
]);

/** Whether credentials that are nearly right have been sent to this server before. */
function isGuessedAgain({ attempted }: Environment, { operation, steps }: Case): boolean {
  return steps.some(({ request: { credentials, credentialsFor } }) => {
    if (!guesses.has(credentials)) return false;
    const alternative = operation.security[credentialsFor?.alternative ?? 0]?.map(({ scheme }) => scheme);
    const key = JSON.stringify([credentials, credentialsFor?.scheme, alternative]);
    const isKnown = attempted.has(key);
    attempted.add(key);
    return isKnown;
  });
}

async function takeSteps(
  caseContext: CaseContext,
  planned: Case,
  exchanges: CaseExchange[],
): Promise<string | undefined> {
  for (const precondition of planned.preconditions) {
    const made = await establishPrecondition(caseContext, precondition);
    const boundRecord = typeof made === 'string' ? standIn(planned, precondition) : made;
    if (!boundRecord) return String(made);
    caseContext.bindings.set(precondition.name, boundRecord);
  }
  for (const step of planned.steps) {
    if (caseContext.environment.signal?.aborted) return 'the run was ended before';
    const problem = await takeStep(caseContext, step, exchanges, isOfValues(planned));
    if (problem !== undefined) return problem;
    const last = exchanges.at(-1);
    // What follows would only show the same again.
    if (last?.expect === 'accepted' && last.step === step && !succeeded(last) && planned.steps.length > 1)
      return `${step.name} was not accepted`;
  }
  return undefined;
}

/** Who may call, and how, is found out before it is looked whether the record is there: an id of the document's will do. */
function standIn({ phase, steps }: Case, { collection, name }: Precondition): BoundRecord | undefined {
  if (phase !== 'authentication' && phase !== 'methods') return undefined;
  const known = Object.entries(steps[0]?.request.standIns ?? {}).flatMap(([key, value]) =>
    key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value] as const] : [],
  );
  const path = Object.fromEntries(
    known.flatMap(([field, value]) => (field.startsWith('^') ? [[field.slice(1), value]] : [])),
  );
  return { collection, id: '', record: Object.fromEntries(known), path, owned: false };
}

/** Whether a case is about the very values that it sends. */
function isOfValues({ phase }: Case): boolean {
  return phase === 'examples' || phase === 'positives' || phase === 'fuzzing';
}

async function takeStep(
  caseContext: CaseContext,
  step: Step,
  exchanges: CaseExchange[],
  isPlain: boolean,
): Promise<string | undefined> {
  const { bindings, environment, namespace } = caseContext;
  const { operation, request } = step;
  const about = step.of === undefined ? undefined : bindings.get(step.of);
  const refusal = isSafe(request.method) ? undefined : refusalOfWrite(environment, step, about);
  if (refusal !== undefined) return refusal;
  const template = fillFrom(request, bindings);
  if ('missing' in template) return step.optional ? undefined : template.missing;
  const url = step.at === 'location' ? locationTarget(exchanges) : undefined;
  if (step.at !== undefined && url === undefined) return undefined;
  if (request.credentials === 'expired') await letExpire(caseContext, step);
  const sending: Sending = { operation, template, expect: step.expect, role: 'step', step, namespace, url };
  const exchange = isPlain
    ? await sendRequest(environment, sending)
    : step.expect === 'accepted'
      ? await sendAccepted(environment, sending)
      : await sendRequest(environment, await withRemedy(environment, sending));
  if ('missing' in exchange) return exchange.missing;
  exchanges.push(exchange);
  if (isPlain && step.expect === 'accepted' && !succeeded(exchange)) {
    // What is accepted instead is no evidence of this case, and is known for those that follow.
    const learned = await learnFrom(environment, sending, exchange);
    if (learned) await settle(caseContext, step, learned);
  }
  if (request.credentials === 'expired') environment.credentials.forget(namespace);
  await settle(caseContext, step, exchange);
  if (step.binds) bindValues(bindings, step.binds, exchange);
  return step.pages && takePages(caseContext, step.pages, sending, exchanges);
}

/** Reads the pages of a list after its first. */
async function takePages(
  { environment }: CaseContext,
  walk: PageWalk,
  sending: Sending,
  exchanges: CaseExchange[],
): Promise<string | undefined> {
  const id = environment.context.collections.roleOf(sending.operation)?.collection.id ?? 'id';
  const pages = exchanges.slice(-1);
  for (let next = nextPage(walk, pages, id); next; next = nextPage(walk, pages, id)) {
    const query = { ...sending.template.query, ...next.query };
    const template = { ...sending.template, query };
    const exchange = await sendRequest(environment, { ...sending, template, expect: 'any', url: next.url });
    if ('missing' in exchange) return exchange.missing;
    pages.push(exchange);
    exchanges.push(exchange);
  }
  return undefined;
}

/** A token is got, and then the time goes by that it lasts. */
async function letExpire(
  { environment, namespace }: CaseContext,
  { operation, request }: Step,
): Promise<void> {
  if (namespace === undefined) return;
  environment.credentials.forget(namespace);
  await environment.credentials.present(operation, 'expired', namespace, request.credentialsFor);
  await environment.controls?.advance(namespace, untilExpired);
}

/** Owns what a step created, also when it should have been refused, and forgets what it deleted. */
async function settle(caseContext: CaseContext, step: Step, exchange: CaseExchange): Promise<void> {
  const { bindings, environment, namespace, owned } = caseContext;
  const collection = environment.context.collections.creates(step.operation);
  if (collection && exchange.request.method === 'POST') {
    const created = await noteCreation(environment, collection, exchange, namespace, owned);
    if (created) {
      owned.push(created);
      if (step.saveAs !== undefined) bindings.set(step.saveAs, created);
    } else if (succeeded(exchange) && !environment.controls && !environment.ledger.isKept) {
      // With a ledger it is looked for when the run is finished.
      const reason = `the answer of ${step.operation.id} does not say which it is`;
      environment.leftovers.push({ collection: collection.name, id: '?', reason });
    }
  }
  const about = step.of === undefined ? undefined : bindings.get(step.of);
  const renamed = about && (await renamedBy(environment, about, exchange, namespace));
  if (about && renamed) rename(caseContext, about, renamed);
  if (step.deletes !== undefined && succeeded(exchange)) {
    const gone: BoundRecord | undefined = bindings.get(step.deletes);
    // It is looked for once more when all is cleaned up: a deletion may only look like one.
    if (gone && owned.includes(gone)) caseContext.deleted.add(gone);
  }
}
