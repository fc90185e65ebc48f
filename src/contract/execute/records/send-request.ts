import { childOf, keysOf } from '../../../json/json-pointer.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import type { CaseExchange, SentRequest } from '../../model/exchange.ts';
import type { Reference, RequestTemplate } from '../../model/request-template.ts';
import type { Expectation, Step } from '../../model/step.ts';
import { isSafe } from '../../plan/requests/is-safe.ts';
import { fillRequestTemplate, isReference } from '../../plan/requests/request-templates.ts';
import { serialise } from '../../plan/requests/serialise.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';
import type { LeaveToStay } from '../environment/server-manners.ts';
import type { Answer } from '../transport/transport.ts';
import { howToFind } from './how-to-find.ts';
import { keepSingleton } from './keep-singleton.ts';
import { noteIntent } from './note-intent.ts';
import { unsendableHeader } from './unsendable-header.ts';

/** A request to send, and the part it plays in the case. */
export interface Sending {
  readonly operation: Operation;
  readonly template: RequestTemplate;
  readonly expect: Expectation;
  readonly role: CaseExchange['role'];
  readonly step?: Step;
  readonly namespace: string | undefined;
  /** Where to, on the same server, in place of what the template says. */
  readonly url?: string | undefined;
}

/** Sends a request; `missing` says why it could not be. */
export type Send = typeof sendRequest;

/** A template whose References are filled, or why that cannot be done. */
export function fillFrom(
  template: RequestTemplate,
  bindings: ReadonlyMap<string, BoundRecord>,
): RequestTemplate | { readonly missing: string } {
  let missing: string | undefined;
  const filled = fillRequestTemplate(template, (reference) => {
    const value = lookUp(bindings, reference);
    if (value === undefined) missing ??= `${reference.field} of ${reference.$from} is not known`;
    return value;
  });
  return missing === undefined ? filled : { missing };
}

function lookUp(bindings: ReadonlyMap<string, BoundRecord>, { $from, field }: Reference): unknown {
  const boundRecord = bindings.get($from);
  if (!boundRecord) return undefined;
  if (field.startsWith('^')) return boundRecord.path[field.slice(1)];
  const value = childOf(boundRecord.record, field) ?? evaluatePointer(boundRecord.record, field);
  return isReference(value) ? undefined : value;
}

/** A field that begins with `/` is a JSON pointer into the record. */
function evaluatePointer(record: unknown, field: string): unknown {
  if (!field.startsWith('/')) return undefined;
  return keysOf(`#${field}`)?.reduce<unknown>((part, key) => childOf(part, key), record);
}

/** Sends one request with its credentials; a write is in the ledger before it leaves. */
export async function sendRequest(
  environment: Environment,
  sending: Sending,
): Promise<CaseExchange | { readonly missing: string }> {
  const { context, credentials, ledger, manners, transport } = environment;
  const { expect, namespace, operation, role, step, template } = sending;
  const refusal = role === 'cleanup' ? undefined : refusalOf(environment, sending);
  if (refusal !== undefined) return { missing: refusal };
  // Before anything is waited for, so that no other case takes the same leave.
  const leave = manners.mayStay(operation, template.method);
  const presented = await credentials.present(
    operation,
    template.credentials,
    namespace,
    template.credentialsFor,
  );
  if ('missing' in presented) {
    leave?.settle(false);
    return presented;
  }
  const written = serialise(context.document, operation, template);
  const extra = presented.query.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const target =
    extra.length === 0
      ? written.target
      : `${written.path}?${[written.query, ...extra].filter((part) => part !== '').join('&')}`;
  const cookie = [written.headers.cookie, presented.headers.cookie].filter((text) => text !== undefined);
  const request: SentRequest = {
    method: written.method,
    url: sending.url ?? `${transport.url}${target}`,
    headers: {
      ...written.headers,
      ...(namespace !== undefined && { 'sparring-namespace': namespace }),
      ...presented.headers,
      ...(cookie.length > 0 && { cookie: cookie.join('; ') }),
    },
    body: written.body,
    secrets: presented.secrets,
  };
  const unsendable = unsendableHeader(request.headers);
  if (unsendable !== undefined) return { missing: unsendable };
  if (!isSafe(request.method) && role !== 'cleanup') await keepSingleton(environment, sending, sendRequest);
  const creation = isSafe(request.method)
    ? undefined
    : await noteIntent(environment, sending, written.path, sendRequest);
  const answer = await transport.send(request);
  if (leave) noteStay(environment, sending, answer, leave);
  if (creation !== undefined && answer.response && !succeeded(answer))
    ledger.add({ kind: 'settled', creation });
  const exchange: CaseExchange = {
    role,
    step,
    operation,
    expect,
    sent: template,
    request,
    response: answer.response,
    failure: answer.failure,
    ...(creation !== undefined && { creation }),
  };
  if (role !== 'step' && (answer.response?.status ?? 0) >= 500) environment.asides?.push(exchange);
  return exchange;
}

/** What was made and stays is told at the end, unless it is known as a record, and told with these. */
function noteStay(
  { context, leftovers }: Environment,
  { operation, template }: Sending,
  answer: Answer,
  leave: LeaveToStay,
): void {
  const stays = !answer.response || succeeded(answer);
  leave.settle(stays);
  if (!stays || context.collections.roleOf(operation)) return;
  const { document } = context;
  const list = document.operations.find(({ method, path }) => method === 'get' && path === operation.path);
  const reason = `nothing undoes what ${template.method} ${operation.path} did`;
  const { location } = answer.response?.headers ?? {};
  leftovers.push({
    collection: operation.path,
    id: location ?? '?',
    reason: `${reason}${howToFind({ list, read: undefined })}${sentIn(template)}`,
  });
}

/** A few plain fields, to know it again by. */
function sentIn({ body }: RequestTemplate): string {
  const text = JSON.stringify(body?.value) ?? '';
  return text === '' ? '' : `; it was sent ${text.length > 160 ? `${text.slice(0, 159)}…` : text}`;
}

/** Why a request is not one to send to this server; undefined: it may be. */
function refusalOf({ manners }: Environment, { operation, template }: Sending): string | undefined {
  return manners.refusal(operation, template.method) ?? manners.stayRefusal(operation, template.method);
}

/** Whether an exchange ended in a success. */
export function succeeded({ response }: { readonly response?: CaseExchange['response'] }): boolean {
  return response !== undefined && response.status < 400;
}
