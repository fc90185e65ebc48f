/** What a path template says once spelling is put aside: suffixes, keys in parentheses, custom methods. */
export interface PathPlace {
  /** The template with bare parameters: `/orders/{}/cancel`. */
  readonly key: string;
  /** The same without the parameter it ends in. */
  readonly collectionKey: string;
  /** The last name of the collection's path. */
  readonly collection: string;
  /** The parameter that the path ends in. */
  readonly idParameter: string | undefined;
  /** The parameters before, outermost first. */
  readonly parents: readonly PlaceParent[];
  /** What stands after a colon, as in `/orders/{id}:cancel`, or as a last word that is called, as in `/item/get`. */
  readonly verb: string | undefined;
}

/** A parameter within a path, and the collection whose record it names. */
export interface PlaceParent {
  readonly parameter: string;
  readonly collection: string;
  readonly key: string;
}

interface Segment {
  readonly text: string;
  readonly parameter: string | undefined;
}

/** @param calls whether the last name of a path is a verb that is called, as in procedures over POST */
export function pathPlaceOf(path: string, calls = false): PathPlace | undefined {
  const colon = /^(.*[^/]):([A-Za-z]\w*)$/.exec(path.replace(/\/+$/, ''));
  const bare = colon ? (colon[1] ?? '') : path;
  const segments = segmentsOf(bare);
  const called = calls && !colon ? calledVerb(segments) : undefined;
  const kept = called?.segments ?? segments;
  const last = kept.at(-1);
  if (!last) return undefined;
  const outer = last.parameter === undefined ? kept : kept.slice(0, -1);
  const collection = outer.findLast(({ parameter }) => parameter === undefined)?.text;
  if (collection === undefined) return undefined;
  return {
    key: keyOf(kept),
    collectionKey: keyOf(outer),
    collection,
    idParameter: last.parameter,
    parents: outer.flatMap(({ parameter }, index): PlaceParent[] => {
      if (parameter === undefined) return [];
      const before = outer.slice(0, index);
      const named = before.at(-1);
      return [
        {
          parameter,
          collection: named?.parameter === undefined ? (named?.text ?? '') : '',
          key: keyOf(before),
        },
      ];
    }),
    verb: colon?.[2] ?? called?.verb,
  };
}

/** Whether the last name of a path is one of the verbs that procedures are called by. */
export function endsInVerb(path: string): boolean {
  return calledVerb(segmentsOf(path)) !== undefined;
}

const verbs =
  /^(?:get|list|create|add|update|edit|modify|set|remove|delete|archive|search|query|info|retrieve|read|get_by_id)$/i;

function calledVerb(
  segments: readonly Segment[],
): { readonly segments: readonly Segment[]; readonly verb: string } | undefined {
  const last = segments.at(-1);
  if (!last || last.parameter !== undefined) return undefined;
  const [, before, dotted] = /^(\w[\w.-]*)\.(\w+)$/.exec(last.text) ?? [];
  if (before !== undefined && dotted !== undefined && verbs.test(dotted))
    return { verb: dotted, segments: [...segments.slice(0, -1), { text: before, parameter: undefined }] };
  if (segments.length < 2 || !verbs.test(last.text) || /^(?:batch|bulk)$/i.test(segments.at(-2)?.text ?? ''))
    return undefined;
  return { verb: last.text, segments: segments.slice(0, -1) };
}

function segmentsOf(path: string): readonly Segment[] {
  const [plain = ''] = path.split('?', 1);
  // `/Orders({id})` and `/Orders(id={id})` are OData's way to write an item (OData 4.01, URL conventions, section 4.3).
  const spread = plain.replaceAll(/\((?:\w+=)?'?(\{[^{}]+\})'?\)/g, '/$1');
  return spread
    .split('/')
    .filter((text) => text !== '' && text !== '()')
    .map((text) => {
      const unsuffixed = text.replace(/\.(?:json|xml)$/i, '');
      const [, parameter] = /^\{([^{}]+)\}(?:[^{}/]+\{[^{}]+\})?$/.exec(unsuffixed) ?? [];
      return { text: unsuffixed === '' ? text : unsuffixed, parameter };
    });
}

function keyOf(segments: readonly Segment[]): string {
  return segments.map(({ parameter, text }) => `/${parameter === undefined ? text : '{}'}`).join('');
}
