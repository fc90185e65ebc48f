import { isObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { sample } from '../../../openapi/sample/sample.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import type { BoundRecord, CaseContext, Environment } from '../environment/environment.ts';

/** Puts a record into a mock where the API has no way to create one: a sample of its schema. */
export async function insertRecord(
  { environment, key, namespace, owned }: CaseContext,
  { id, name }: ApiCollection,
  list: Operation,
  path: Readonly<Record<string, unknown>>,
): Promise<BoundRecord | undefined> {
  const { context, controls } = environment;
  const { document, validators } = context;
  const schema = context.model.resources.get(name)?.schema;
  if (!controls || namespace === undefined || schema === undefined) return undefined;
  const source = seededSource(context.seed, key, name);
  const parents = parentFields(environment, name, list, path);
  if (!parents) return undefined;
  const made = sample(document, schema, source, name, { full: true, validators });
  const record = await controls.insert(namespace, name, { ...objectOrEmpty(made), ...parents });
  if (!isObject(record)) return undefined;
  const boundRecord = { collection: name, id: String(record[id]), record, path, owned: true };
  owned.push(boundRecord);
  return boundRecord;
}

/** The fields by which a record below others names them, as their cascades say; undefined where they do not. */
function parentFields(
  { context }: Environment,
  name: string,
  list: Operation,
  path: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const fields = Object.entries(path).map(([parameter, value]) => {
    const parent = context.collections.sourceOfParameter(list, parameter)?.collection.name ?? '';
    const field = context.model.resources.get(parent)?.cascade?.[name];
    return field === undefined ? undefined : ([field, value] as const);
  });
  const known = fields.filter((field) => field !== undefined);
  return known.length === fields.length ? Object.fromEntries(known) : undefined;
}
