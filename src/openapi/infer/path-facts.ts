/** What a path template says: `/a/{b}/c/{d}` is an item of `c`, below the `a` that `b` names. */
export interface PathFacts {
  readonly collection: string;
  /** Path of the collection: the template without the last parameter. */
  readonly collectionPath: string;
  /** The last parameter, when the path ends in it. */
  readonly idParameter: string | undefined;
  /** The parameters before, and the collections they are ids of. */
  readonly parents: readonly PathParent[];
}

export interface PathParent {
  readonly parameter: string;
  readonly collection: string | undefined;
  readonly collectionPath: string;
}

/** Undefined for `/` and for paths that name no collection, such as `/{tenant}/{id}`. */
export function pathFactsOf(path: string): PathFacts | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const idParameter = parameterIn(last);
  const outer = idParameter === undefined ? segments : segments.slice(0, -1);
  const collection = outer.at(-1);
  if (collection === undefined || collection.includes('{')) return undefined;
  return { collection, collectionPath: `/${outer.join('/')}`, idParameter, parents: parentsIn(outer) };
}

function parentsIn(segments: readonly string[]): PathParent[] {
  return segments.flatMap((segment, index) => {
    const parameter = parameterIn(segment);
    if (parameter === undefined) return [];
    const before = segments.slice(0, index);
    const collection = before.at(-1);
    const named = collection === undefined || collection.includes('{') ? undefined : collection;
    return [{ parameter, collection: named, collectionPath: `/${before.join('/')}` }];
  });
}

function parameterIn(segment: string): string | undefined {
  return /^\{([^{}]+)\}$/.exec(segment)?.[1];
}

/** The field that a path parameter names an id in: `customer_id`, `customerId` or `customer` for `/customers/{customer_id}`, also where it is but `{id}`. */
export function fieldOfParent(
  { collection, parameter }: PathParent,
  fields: ReadonlySet<string>,
): string | undefined {
  if (fields.has(parameter) && parameter !== 'id') return parameter;
  const one = singular(collection ?? '');
  const wanted = [parameter, ...(one === '' ? [] : [`${one}id`, one])]
    .map(plain)
    .filter((name) => name !== 'id');
  for (const name of wanted) {
    const found = [...fields].find((field) => plain(field) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The path's parameter where it names a field, else `id`, else the parameter without the resource's name before it (`petId`). */
export function idFieldIn(
  fields: ReadonlySet<string>,
  collection: string,
  parameter: string | undefined,
): string | undefined {
  if (parameter !== undefined && fields.has(parameter)) return parameter;
  if (fields.has('id')) return 'id';
  if (parameter === undefined) return undefined;
  const names = [plain(parameter), plain(parameter).replace(plain(singular(collection)), '')].filter(
    (name) => name !== '',
  );
  return [...fields].find((field) => names.includes(plain(field)));
}

function singular(collection: string): string {
  return collection.replace(/ies$/, 'y').replace(/s$/, '');
}

function plain(name: string): string {
  return name.replaceAll(/[-_]/g, '').toLowerCase();
}
