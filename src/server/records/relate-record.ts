import { isObject } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import type { Resource, ResourceModel } from '../../openapi/infer/infer-resources.ts';
import { plainName } from '../../openapi/infer/plain-name.ts';

interface Relating {
  readonly document: ApiDocument;
  readonly model: ResourceModel;
  readonly resource: Resource;
  readonly value: RecordValue;
  /** The id of a record of a collection. */
  readonly idFor: (collection: string) => string | number | undefined;
}

/** A made record whose parts agree: ids of others are there, addresses follow names, ends follow starts, totals add up. */
export function relateRecord(relating: Relating): RecordValue {
  const { value } = relating;
  const related = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, relatedPart(relating, name, part)]),
  );
  return withTotal(withOrder(withAddress(related)));
}

function relatedPart({ idFor, model, resource }: Relating, name: string, part: unknown): unknown {
  const told = resource.relations?.[name];
  const other = told ?? collectionNamed(model, resource, name);
  if (other === undefined) return part;
  if (isObject(part) && Object.hasOwn(part, 'id')) return { ...part, id: sameKind(part.id, idFor(other)) };
  const isId = told !== undefined || /(?:_id|Id|_uuid|Uuid)$/.test(name);
  return isId ? sameKind(part, idFor(other)) : part;
}

function sameKind(former: unknown, id: string | number | undefined): unknown {
  if (id === undefined) return former;
  if (typeof former === 'number') return Number.isFinite(Number(id)) ? Number(id) : former;
  return typeof former === 'string' ? String(id) : former;
}

/** The collection that a field is named for: `customer_id`, `customer` for `customers`. */
function collectionNamed(model: ResourceModel, own: Resource, name: string): string | undefined {
  const plain = plainName(name).replace(/(?:uu)?ids?$/, '');
  if (plain === '' || name === own.id) return undefined;
  const found = [...model.resources.values()].find(
    ({ collection }) =>
      plainName(collection).replace(/ies$/, 'y').replace(/s$/, '') === plain.replace(/s$/, ''),
  );
  return found?.open?.kind === 'collection' ? found.collection : undefined;
}

/** An e-mail address and a login that are those of the name beside them. */
function withAddress(value: RecordValue): RecordValue {
  const text = (pattern: RegExp) => {
    const name = Object.keys(value).find((each) => pattern.test(each));
    return name !== undefined && typeof value[name] === 'string' ? value[name] : undefined;
  };
  const first = text(/^first_?name$/i);
  const last = text(/^(?:last|family|sur)_?name$/i);
  const full =
    first !== undefined && last !== undefined ? `${first} ${last}` : text(/^(?:full_?|display_?)?name$/i);
  if (full === undefined || !/^[A-Z]\S* \S+$/.test(full)) return value;
  const local = full
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(' ', '.');
  const changed: Record<string, unknown> = { ...value };
  for (const [name, part] of Object.entries(value)) {
    if (typeof part !== 'string') continue;
    if (/e-?mail/i.test(name) && /@example\.(?:com|org|net)$/.test(part))
      changed[name] = `${local}@example.com`;
    if (/^(?:full|display)_?name$/i.test(name)) changed[name] = full;
  }
  return changed;
}

const starts = /^(start|begin|from|valid_?from|opens?|check_?in|departure|pick_?up)/i;
const ends = /^(end|finish|to|until|valid_?(?:to|until)|closes?|check_?out|arrival|drop_?off|due)/i;

/** A time that something ends is not before the one that it starts. */
function withOrder(value: RecordValue): RecordValue {
  const names = Object.keys(value).filter((name) => /^\d{4}-\d\d-\d\d/.test(String(value[name])));
  const start = names.find((name) => starts.test(name));
  const end = names.find((name) => ends.test(name));
  if (start === undefined || end === undefined || String(value[start]) <= String(value[end])) return value;
  return { ...value, [start]: value[end], [end]: value[start] };
}

/** A total that is the sum of the lines beside it. */
function withTotal(value: RecordValue): RecordValue {
  const total = Object.keys(value).find((name) =>
    /^(?:total|total_?(?:amount|price)|amount_?total|sub_?total)$/i.test(name),
  );
  const lines = Object.values(value).find(
    (part) => Array.isArray(part) && part.length > 0 && part.every(isObject),
  );
  if (total === undefined || typeof value[total] !== 'number' || !Array.isArray(lines)) return value;
  const sum = lines.reduce<number>((all, line) => all + costOf(line), 0);
  if (!(sum > 0)) return value;
  return {
    ...value,
    [total]: Number.isInteger(value[total]) ? Math.round(sum) : Math.round(sum * 100) / 100,
  };
}

function costOf(line: RecordValue): number {
  const number = (pattern: RegExp) => {
    const name = Object.keys(line).find((each) => pattern.test(each) && typeof line[each] === 'number');
    return name === undefined ? undefined : Number(line[name]);
  };
  const price = number(/^(?:unit_?)?price|^amount$|unit_?(?:amount|cost)$/i);
  return price === undefined ? 0 : price * (number(/^(?:quantity|qty|count|units)$/i) ?? 1);
}
