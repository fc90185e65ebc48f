import type { RecordValue } from '../../model/record.ts';
import type { Operation } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import type { ResourceAction, ResourceModel } from '../../openapi/infer/infer-resources.ts';

/** The path below the API's mount at which a new record is read. */
type LocationOf = (record: RecordValue, path: Readonly<Record<string, unknown>>) => string;

/**
 * Where a creation's answer says its record is, as its declared `Location` header has it (RFC 9110, section 10.2.2): the path
 * that reads it, else the item below the path that made it. Undefined where the document declares no such header.
 */
export function locationOf(
  operations: readonly Operation[],
  model: ResourceModel,
  { operation, resource, status }: ResourceAction,
): LocationOf | undefined {
  const headers = findResponse(operation, status)?.headers ?? [];
  if (!headers.some(({ name }) => name.toLowerCase() === 'location')) return undefined;
  const reading = operations
    .map((other) => model.actionOf(other))
    .filter((action) => action?.action === 'read' && action.resource === resource);
  const below = reading.find((action) => action?.operation.path.startsWith(`${operation.path}/`));
  const read = below ?? reading[0];
  const template = read?.operation.path ?? `${operation.path.replace(/\/$/, '')}/{${resource.id}}`;
  const idParameter = read?.idParameter ?? resource.id;
  const fields = new Map(read?.parents.map(({ field, parameter }) => [parameter, field]));
  return (record, path) =>
    template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
      const field = fields.get(name);
      const value = name === idParameter ? record[resource.id] : (path[name] ?? (field && record[field]));
      return encodeURIComponent(String(value ?? ''));
    });
}
