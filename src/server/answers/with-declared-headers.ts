import { hash } from 'node:crypto';
import { type DeclaredHeader, declaredHeaders } from '../../openapi/answer/declared-headers.ts';
import { isBundled } from '../../openapi/load/bundled-apis.ts';
import { createDerivation } from '../../state/derivation.ts';
import { type ApiRequest, type ApiResponse, headerOf } from '../message/api-message.ts';
import type { OperationPlan } from '../model/operation-plan.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import { safeDocumentHeaders } from './safe-headers.ts';

/** The fields that a status of an operation is to have, computed at its first answer. */
const prepared = new WeakMap<OperationPlan, Map<number, readonly DeclaredHeader[]>>();

/**
 * An answer with all header fields that the document declares for it; those it has already stay. The bundled APIs say their
 * own. The same seed and request give the same values.
 */
export function withDeclaredHeaders(
  api: ServedApi,
  served: Pick<ServedNamespace, 'namespace' | 'tellOnce'>,
  plan: OperationPlan,
  request: ApiRequest,
  response: ApiResponse,
): ApiResponse {
  const declared = headersOf(api, plan, response.status);
  if (declared.length === 0 || response.drop === 'before') return response;
  const made: Record<string, string> = {};
  let cookies: readonly string[] | undefined;
  const source = createDerivation(served.namespace.seed, api.name, plan.operation.id, request.url, 'headers');
  const from = {
    source,
    status: response.status,
    now: served.namespace.clock.now(),
    url: `${request.baseUrl}${request.url}`,
    sent: (name: string) => headerOf(request.headers, name),
    digest: () => hash('sha256', response.body ?? '', 'hex').slice(0, 16),
  };
  for (const header of declared) {
    if (response.headers[header.name] !== undefined) continue;
    const value = header.valueFor(from);
    if (typeof value === 'string') made[header.name] = value;
    else if (value?.length === 1) made[header.name] = value[0] ?? '';
    else if (value) cookies = value.flatMap((cookie) => Object.values(safe({ 'set-cookie': cookie })));
  }
  return { ...response, headers: { ...response.headers, ...safe(made) }, ...(cookies && { cookies }) };

  function safe(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const { changes, headers } = safeDocumentHeaders(given);
    for (const change of changes) served.tellOnce(`${api.name}, ${plan.operation.id}: ${change}.`);
    return headers;
  }
}

const none: readonly DeclaredHeader[] = [];

function headersOf(api: ServedApi, plan: OperationPlan, status: number): readonly DeclaredHeader[] {
  let byStatus = prepared.get(plan);
  if (!byStatus) {
    byStatus = new Map();
    prepared.set(plan, byStatus);
  }
  let headers = byStatus.get(status);
  if (!headers) {
    const isOwn = api.kind === 'admin' || isBundled(api.document.file);
    headers = isOwn ? none : declaredHeaders(api.document, api.validators, plan.operation, status);
    byStatus.set(status, headers);
  }
  return headers;
}
