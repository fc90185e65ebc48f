import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import { normalisePointer, type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import type { ApiCollections, ValueSource } from '../../../openapi/infer/api-collections.ts';

/** A Link Object: what of an answer goes into which operation (OpenAPI 3.1, section 4.8.20). */
export interface Link {
  readonly name: string;
  readonly source: Operation;
  readonly target: Operation;
  /** By parameter, `id` or `path.id`: a constant or a runtime expression. */
  readonly parameters: JsonObject;
  readonly requestBody: unknown;
  readonly pointer: Pointer;
}

/** The links of all successes whose targets are operations of the document. */
export function linksOf(document: ApiDocument): readonly Link[] {
  return document.operations.flatMap((source) =>
    source.responses
      .filter(({ status }) => /^2|^default$/.test(status))
      .flatMap(({ pointer }) => {
        const { links } = objectOrEmpty(document.resolve<JsonObject>(pointer)?.node);
        return Object.keys(objectOrEmpty(links)).flatMap((name) =>
          readLink(document, source, name, pointerTo(pointer, 'links', name)),
        );
      }),
  );
}

function readLink(document: ApiDocument, source: Operation, name: string, at: Pointer): readonly Link[] {
  const found = document.resolve<JsonObject>(at);
  if (!found || !isObject(found.node)) return [];
  const { operationId, operationRef, parameters, requestBody } = found.node;
  const target =
    typeof operationId === 'string'
      ? document.operationsById.get(operationId)
      : document.operations.find(({ pointer }) => pointer === normalisePointer(String(operationRef)));
  if (!target) return [];
  return [
    { name, source, target, parameters: objectOrEmpty(parameters), requestBody, pointer: found.pointer },
  ];
}

/** The value of a link for a parameter, by its name alone or with its place before it. */
export function linkedValue({ parameters }: Link, place: string, name: string): unknown {
  return parameters[`${place}.${name}`] ?? parameters[name];
}

/** Where a path parameter comes from by a link: a field of the record that the link's source answers with. */
export function sourceByLink(
  document: ApiDocument,
  collections: ApiCollections,
  operation: Operation,
  name: string,
): ValueSource | undefined {
  for (const link of linksOf(document)) {
    const value = link.target === operation ? linkedValue(link, 'path', name) : undefined;
    const [, pointer = ''] = /^\$response\.body#\/(.+)$/.exec(String(value)) ?? [];
    const keys = pointer.split('/');
    const role = collections.roleOf(link.source);
    const field = keys.at(-1);
    // At most in an envelope; what is in a list may be of any of its records.
    if (!role || role.role === 'list' || role.role === 'delete' || !field || keys.length > 2) continue;
    return { collection: role.collection, field };
  }
  return undefined;
}
