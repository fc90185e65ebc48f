import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { Action } from '../../openapi/document/extension.ts';
import type { Resource } from '../../openapi/infer/infer-resources.ts';
import { pathFactsOf } from '../../openapi/infer/path-facts.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import type { MutationSubject } from './mutant.ts';
import { jsonOf, type Script, type WitnessRequest } from './script.ts';

/** What an operation does to records: as the mock has it, else as its method and path say. */
export function roleOf(api: ServedApi, operation: Operation): Action | undefined {
  const { action: declared = api.model.actionOf(operation)?.action } = operation.extension;
  if (declared === 'token' || declared === 'action') return undefined;
  if (declared !== undefined && declared !== 'none') return declared;
  const facts = pathFactsOf(operation.path);
  const isPlace = api.document.operations.some(
    (other) => other !== operation && pathFactsOf(other.path)?.collectionPath === facts?.collectionPath,
  );
  if (!facts || !isPlace) return undefined;
  const isItem = facts.idParameter !== undefined;
  if (operation.method === 'get') return isItem ? 'read' : 'list';
  if (operation.method === 'post') return isItem ? undefined : 'create';
  if (operation.method === 'delete') return isItem ? 'delete' : undefined;
  return isItem && (operation.method === 'patch' || operation.method === 'put') ? 'update' : undefined;
}

/** The scripts of the operations on the same records as another's. */
export function siblings(
  { api, scripts }: MutationSubject,
  { operation }: Pick<Script, 'operation'>,
  role: Action,
) {
  const path = pathFactsOf(operation.path)?.collectionPath;
  return scripts.filter(
    (script) =>
      roleOf(api, script.operation) === role && pathFactsOf(script.operation.path)?.collectionPath === path,
  );
}

export function resourceOf(api: ServedApi, operation: Operation): Resource | undefined {
  const action = api.model.actionOf(operation);
  if (action) return action.resource;
  const name = operation.extension.resource ?? pathFactsOf(operation.path)?.collection;
  return name === undefined ? undefined : api.model.resources.get(name);
}

/** The record in an answer, within two levels of envelope. */
export function recordOfRole(value: unknown, id: string, depth = 0): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  if (typeof value[id] === 'string' || typeof value[id] === 'number') return value;
  if (depth >= 2) return undefined;
  for (const part of Object.values(value)) {
    const found = recordOfRole(part, id, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Requests that show what a script left of its record: those that read it, then those that list all. */
export function looksAfter(subject: MutationSubject, script: Script): readonly WitnessRequest[] {
  const { api } = subject;
  const id = idFor(api, script);
  const [path = ''] = script.request.path.split('?', 1);
  const isItem = pathFactsOf(script.operation.path)?.idParameter !== undefined;
  const plain = path.replace(/\/$/, '');
  const above = isItem ? plain.slice(0, plain.lastIndexOf('/')) : plain;
  const reads = id === undefined ? [] : siblings(subject, script, 'read');
  return [
    ...reads.map(({ operation, request }) => ({
      ...request,
      path: slashed(`${above}/${encodeURIComponent(String(id))}`, operation),
    })),
    ...siblings(subject, script, 'list').map(({ operation, request }) => {
      const query = request.path.split('?', 2)[1];
      const list = slashed(above, operation);
      return { ...request, path: query === undefined ? list : `${list}?${query}` };
    }),
  ];
}

function slashed(path: string, { path: template }: Operation): string {
  return template.endsWith('/') ? `${path}/` : path;
}

/** The id of the record that a script is about: the one in its path, else the one in its answer. */
export function idFor(api: ServedApi, { answer, operation, request }: Script): string | undefined {
  if (pathFactsOf(operation.path)?.idParameter !== undefined) {
    const [path = ''] = request.path.split('?', 1);
    const last = path.replace(/\/$/, '').split('/').at(-1);
    return last === undefined ? undefined : decodeURIComponent(last);
  }
  const field = resourceOf(api, operation)?.id ?? 'id';
  const value = recordOfRole(jsonOf(answer), field)?.[field];
  return value === undefined ? undefined : String(value);
}
