import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import type { ResourceExtension } from '../document/extension.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';

/** The fields that hold when a record was made and changed, by their usual names, and the unit they have. */
export function inferTimestamps(
  document: ApiDocument,
  schema: Pointer | undefined,
  fields: ReadonlySet<string>,
): ResourceExtension['timestamps'] {
  if (schema === undefined) return undefined;
  const created = ['created_at', 'createdAt', 'created'].find((name) => fields.has(name));
  const updated = ['updated_at', 'updatedAt', 'updated', 'modified_at', 'modifiedAt'].find((name) =>
    fields.has(name),
  );
  const field = created ?? updated;
  const pointer = field === undefined ? undefined : recordPropertiesOf(document, schema).get(field);
  const node = pointer === undefined ? undefined : objectOrEmpty(document.resolve(pointer)?.node);
  const unit = node && unitOf(node);
  return (
    unit && { unit, ...(created !== undefined && { created }), ...(updated !== undefined && { updated }) }
  );
}

function unitOf(
  node: Readonly<Record<string, unknown>>,
): 'seconds' | 'milliseconds' | 'date-time' | undefined {
  const types = Array.isArray(node.type) ? node.type : [node.type];
  if (types.includes('string')) return node.format === 'date-time' ? 'date-time' : undefined;
  if (!types.includes('integer') && !types.includes('number')) return undefined;
  const sample = [node.example, ...(Array.isArray(node.examples) ? node.examples : [])].find(
    (value) => typeof value === 'number',
  );
  return sample !== undefined && sample > 1e11 ? 'milliseconds' : 'seconds';
}
