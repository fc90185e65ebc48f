import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { ListHooks } from '../list-records.ts';
import { fieldsShown, isRecordSchema } from './open-answer.ts';
import { asParents, assertOpenParents, belongsToParents, linksVersion } from './open-records.ts';
import type { OpenSource } from './open-source.ts';
import { picksOf } from './picks-of.ts';

/** How a list of a document of one's own picks and shows its records. */
export function listHooks(source: OpenSource): ListHooks {
  const { document, open } = source;
  const { items } = open;
  const isOwn = items === undefined || isRecordSchema(source, items);
  // Where a field names the parent, what was there before it is shown as its own.
  const hasFields = source.action.parents.some(({ field }) => field !== undefined);
  const isIds =
    items !== undefined && !isOwn && document.resolve<{ type?: unknown }>(items)?.node.type === 'string';
  return {
    assertParents: (context) => assertOpenParents(source, context),
    belongs: (context, record) => belongsToParents(source, context, record),
    version: linksVersion,
    query: ({ body, query }) => (isObject(body) ? { ...scalarsOf(body), ...query } : query),
    picks: (query) => picksOf(source, query),
    ...((!isOwn || hasFields) && {
      show(record, context) {
        if (isIds) return record.id;
        const own = asParents(source, context, record);
        return isOwn || items === undefined ? own.value : fieldsShown(source, items, own);
      },
    }),
  };
}

/** What a body asks of a list: its plain values, as a query would have them. */
function scalarsOf(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value !== 'object'));
}
