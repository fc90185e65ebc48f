import { hash } from 'node:crypto';
import type { CaseExchange } from '../../model/exchange.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import { isSafe } from '../../plan/requests/is-safe.ts';
import type { Environment } from '../environment/environment.ts';
import { findItems } from './find-record.ts';
import { type Changes, isOwnDomain, remediesFor, withChanges } from './remedies.ts';
import { type Sending, sendRequest, succeeded } from './send-request.ts';

/** How many requests it may take to find out what an operation accepts. */
const mostTries = 20;
/** Refusals that are about what was sent, rather than about who sent it, how often, or where to. */
const ofContent: ReadonlySet<number> = new Set([400, 404, 406, 409, 412, 422]);

/**
 * Sends what should be accepted, as earlier refusals taught; where it is refused all the same and nothing was learned yet, tries others,
 * and keeps to what worked from then on. Of several requests, the last one is given back.
 */
export async function sendAccepted(
  environment: Environment,
  sending: Sending,
): Promise<CaseExchange | { readonly missing: string }> {
  const { remedies } = environment;
  const { operation } = sending;
  if (!isOpen(environment, sending)) return sendRequest(environment, sending);
  const known = remedies.known.get(operation);
  if (known) return sendRequest(environment, await withRemedy(environment, sending));
  const exchange = await sendRequest(environment, sending);
  if ('missing' in exchange || !isRefused(exchange)) return exchange;
  return (await learnFrom(environment, sending, exchange)) ?? exchange;
}

/** A request as earlier refusals of its operation taught to write it; a rule that it breaks on purpose stays broken. */
export async function withRemedy(environment: Environment, sending: Sending): Promise<Sending> {
  const { operation, step, template } = sending;
  const changes = await environment.remedies.known.get(operation);
  if (!changes) return sending;
  const broken = step?.broken?.location;
  const others = new Map(
    [...changes].filter(([location]) => broken === undefined || !isWithin(location, broken)),
  );
  return {
    ...sending,
    template: withChanges(environment.context, operation, template, others, ownLabel(environment)),
  };
}

/** The same for the same run, where one request follows the other. */
function ownLabel({ context, remedies }: Environment): string {
  remedies.used += 1;
  return `sparring-${hash('sha256', `${context.seed} ${remedies.used}`).slice(0, 8)}`;
}

function isWithin(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/**
 * Finds out from a refusal what an operation accepts, once; the answer is the first exchange that was accepted. Whoever asks while
 * somebody else is finding out sends again with what is found.
 */
export async function learnFrom(
  environment: Environment,
  sending: Sending,
  refusal: CaseExchange,
): Promise<CaseExchange | undefined> {
  const { remedies } = environment;
  const { operation } = sending;
  if (!isOpen(environment, sending) || !isRefused(refusal)) return undefined;
  if (remedies.known.has(operation)) {
    if (!(await remedies.known.get(operation))) return undefined;
    const again = await sendRequest(environment, await withRemedy(environment, sending));
    return 'missing' in again || !succeeded(again) ? undefined : again;
  }
  const search = findRemedy(environment, sending, refusal);
  remedies.known.set(
    operation,
    search.then((found) => found?.changes),
  );
  const found = await search;
  if (found) environment.notices.push(noticeOf(sending, refusal, found.changes));
  return found?.exchange;
}

/** Only what makes, reads or changes records of the run is tried in several ways; our own mocks take what the document allows. */
function isOpen({ context, controls }: Environment, { operation, template }: Sending): boolean {
  if (controls || template.credentials !== 'valid') return false;
  const role = context.collections.roleOf(operation)?.role;
  return isSafe(template.method) || role === 'create' || role === 'update';
}

function isRefused({ response }: CaseExchange): boolean {
  return response !== undefined && ofContent.has(response.status);
}

interface Found {
  readonly changes: Changes;
  readonly exchange: CaseExchange;
}

async function findRemedy(
  environment: Environment,
  sending: Sending,
  refusal: CaseExchange,
): Promise<Found | undefined> {
  const { context } = environment;
  const { operation, template } = sending;
  const tried = new Set([JSON.stringify(template)]);
  const other = await otherRecord(environment, sending);
  let text = refusal.response?.text ?? '';
  /** What changed the refusal, so that it was of some use. */
  let base: Changes = new Map();
  let isFresh = true;
  while (isFresh && tried.size <= mostTries) {
    isFresh = false;
    const own = ownLabel(environment);
    const current = withChanges(context, operation, template, base, own);
    const refused = { operation, template: current, text, other, now: Date.now() };
    for (const more of remediesFor(context, refused)) {
      const changes = new Map([...base, ...more]);
      const next = withChanges(context, operation, template, changes, own);
      const key = JSON.stringify(next);
      if (tried.has(key)) continue;
      if (tried.size > mostTries || environment.signal?.aborted) return undefined;
      tried.add(key);
      const exchange = await sendRequest(environment, { ...sending, template: next, expect: 'accepted' });
      if ('missing' in exchange) return undefined;
      if (succeeded(exchange)) return { changes, exchange };
      const said = exchange.response?.text ?? '';
      const isProgress =
        isRefused(exchange) && said !== text && [...more.values()].some((value) => value !== undefined);
      if (!isProgress) continue;
      base = changes;
      text = said;
      isFresh = true;
      break;
    }
  }
  return undefined;
}

/** A record of the same kind, where the list shows one. */
async function otherRecord(
  environment: Environment,
  { namespace, operation, template }: Sending,
): Promise<unknown> {
  const collection = environment.context.collections.roleOf(operation)?.collection;
  const list = collection?.list;
  if (!collection || !list || list === operation) return undefined;
  const base = baseRequest(environment.context, list);
  const listed = await sendRequest(environment, {
    operation: list,
    template: { ...base.template, path: { ...base.template.path, ...template.path } },
    expect: 'any',
    role: 'setup',
    namespace,
  });
  return 'missing' in listed ? undefined : findItems(listed.response?.json?.value, collection.id)?.[0];
}

function noticeOf({ operation }: Sending, { response }: CaseExchange, changes: Changes): string {
  const words = [...changes].map(([location, value]) =>
    value === undefined ? `without ${location}` : `with ${location} = ${shownValue(value)}`,
  );
  const said = response?.text.replaceAll(/\s+/g, ' ').trim().slice(0, 100) ?? '';
  const answer = `${response?.status}${said === '' ? '' : ` ${said}`}`;
  return `${operation.id} refused what the document allows (${answer}), and accepts it ${words.join(', ')}; so it is sent from then on`;
}

function shownValue(value: unknown): string {
  return isOwnDomain(value) ? `"….${value.below}"` : JSON.stringify(value);
}
