import { recordPropertiesOf } from '../../openapi/document/record-properties.ts';
import type { ResourceModel } from '../../openapi/infer/infer-resources.ts';
import type { Behaviour } from '../../providers/model/provider.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { ActionSource } from './action-source.ts';
import { findRecord } from './find-record.ts';
import { envelopeRest, wrapRecord } from './wrap-record.ts';

/** Deletes a record with what hangs on it, and answers it, the part of it that the document shows, or nothing. */
export function deleteRecord({ action, document, model }: ActionSource): Behaviour {
  const { resource, schema, status, wrapper } = action;
  const rest = envelopeRest(document, schema, wrapper);
  const all = resource.schema === undefined ? undefined : document.resolve(resource.schema)?.pointer;
  const shown = schema === undefined || wrapper?.length ? undefined : document.resolve(schema)?.pointer;
  const fields =
    shown === undefined || shown === all ? undefined : [...recordPropertiesOf(document, shown).keys()];
  return (context) => {
    const record = findRecord(action, context);
    deleteWithDependants(context.unit, model, resource.collection, record);
    if (!wrapper || schema === undefined) return { status };
    if (fields) return { status, body: pick(record, fields) };
    return { status, body: wrapper.length === 0 ? record : wrapRecord(wrapper, record.value, rest) };
  };
}

/** Deletes a record and, by the `cascade` of its resource, the records that hang on it. */
export function deleteWithDependants(
  unit: UnitOfWork,
  model: ResourceModel,
  collection: string,
  record: StoredRecord,
): void {
  unit.collection(collection).delete(record.id);
  for (const [dependants, field] of Object.entries(model.resources.get(collection)?.cascade ?? {})) {
    for (const dependant of unit.collection(dependants).list()) {
      if (String(dependant.value[field]) === record.id)
        deleteWithDependants(unit, model, dependants, dependant);
    }
  }
}

function pick(record: StoredRecord, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => (Object.hasOwn(record.value, field) ? [[field, record.value[field]]] : [])),
  );
}
