import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { childOf, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation, Parameter } from '../document/document.ts';
import { descriptionOf, parameterPlaceOf } from '../document/parameter-place.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { itemFields } from './find-list-items.ts';
import { plainName } from './plain-name.ts';

/** A query parameter that picks the records with a value in the field of its name. */
export interface Filter {
  readonly parameter: Parameter;
  /** Keys that lead to the value in a record; `0` stands for every one of a list. */
  readonly at: readonly string[];
  /** Where the parameter stands. */
  readonly pointer: Pointer;
  /** Whether the document says in words that it filters, rather than by its name alone. */
  readonly isSaid: boolean;
}

/** Names of fields that parameters share with them to another end: how records are shown, where they are near to. */
const otherEnds =
  /^(?:fields?|include|expand|embed|view|format|lang|language|locale|units?|currency|timezone|version|depth|key|token|apikey|callback|lat|lon|lng|latitude|longitude|radius|distance|q|query|search|page|limit|offset|size|count|total|since|until|from|to|start|end|before|after|date|time)$/;
const otherWords =
  /\b(?:search|fuzzy|convert\w*|display\w*|sort\w*|order(?:ed|ing)? by|near\w*|within|since|until|after|before|at least|at most|minimum|maximum|up to|greater|less|more than|starting|ending|not|exclud\w*|prefix|contain\w*|includ\w*|shows?|shown|whether|details?|expand\w*|embed\w*|wildcard|pattern|regex)\b/i;
const filterWords = /\b(?:filter\w*|only|whose|match\w*|narrow\w*|by|with|of|for|restrict\w*)\b/i;

/** The parameters of a list that filter by a field; none where that is in doubt. */
export function listFiltersOf(document: ApiDocument, list: Operation): readonly Filter[] {
  const fields = itemFields(document, list);
  return list.parameters.flatMap((parameter): Filter[] => {
    const { in: place, mediaType, name } = parameter;
    const pointer = parameterPlaceOf(parameter);
    if (place !== 'query' || mediaType !== undefined || pointer === undefined) return [];
    const at = fieldPath(document, fields, plainName(name));
    const text = descriptionOf(document, pointer);
    if (!at || otherEnds.test(plainName(name)) || otherWords.test(text)) return [];
    if (
      !isScalar(document, parameter.schema) ||
      !isOfOneKind(document, parameter.schema, fields.get(at[0] ?? ''))
    )
      return [];
    return [{ parameter, at, pointer, isSaid: filterWords.test(text) }];
  });
}

/** `genre` for a field `genre`, `tag` for one of `tags`, `eventName` for the `name` of one of `events`, `author__name` for that of `author`. */
function fieldPath(
  document: ApiDocument,
  fields: ReadonlyMap<string, Pointer>,
  name: string,
): readonly string[] | undefined {
  for (const [field, at] of fields) {
    const own = plainName(field);
    if (own === name && isScalar(document, at)) return [field];
    const items = objectOrEmpty(document.resolve(at)?.node).items;
    const one = own.replace(/s$/, '');
    const schema = items === undefined ? at : pointerTo(document.resolve(at)?.pointer ?? at, 'items');
    const keys = items === undefined ? [field] : [field, '0'];
    if (items !== undefined && (name === one || name === own) && isScalar(document, schema)) return keys;
    for (const [part, below] of recordPropertiesOf(document, schema))
      if (name === `${one}${plainName(part)}` && isScalar(document, below)) return [...keys, part];
  }
  return undefined;
}

/** The values that a filter looks at in a record. */
export function valuesIn(record: unknown, at: readonly string[]): readonly unknown[] {
  const [key, ...rest] = at;
  if (key === undefined) return [record];
  if (Array.isArray(record)) return record.flatMap((item) => valuesIn(item, rest));
  const part = childOf(record, key);
  return part === undefined ? [] : valuesIn(part, rest);
}

/** Texts, numbers and booleans; times are compared in other ways than by being the same. */
function isScalar(document: ApiDocument, pointer: Pointer | undefined): boolean {
  const node = pointer === undefined ? undefined : document.resolve<JsonObject>(pointer)?.node;
  if (!isObject(node) || /date|time/.test(String(node.format ?? ''))) return false;
  const types = [node.type].flat();
  if (types.includes('object') || types.includes('array')) return false;
  return (
    Array.isArray(node.enum) ||
    types.some((type) => ['string', 'integer', 'number', 'boolean'].includes(String(type)))
  );
}

/** A name where the record has a yes or no is no value of it: `favorited=ann` asks for what Ann has favorited. */
function isOfOneKind(
  document: ApiDocument,
  parameter: Pointer | undefined,
  field: Pointer | undefined,
): boolean {
  const isBoolean = (pointer: Pointer | undefined) => {
    const node = pointer === undefined ? undefined : document.resolve<JsonObject>(pointer)?.node;
    return [objectOrEmpty(node).type].flat().includes('boolean');
  };
  return !isBoolean(field) || isBoolean(parameter);
}
