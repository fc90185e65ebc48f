import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { normalisePointer, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { type Resolver, referenceOf } from '../document/resolver.ts';
import { type JsonType, typesOf } from '../schema/schema-shape.ts';

/** How a value stands in XML: what the XML Objects of its schemas say (OpenAPI 3.1, section 4.8.26, and the `nodeType` of 3.2). */
export interface XmlShape {
  /** What its element or attribute is called; undefined where it is called as its property. */
  readonly name: string | undefined;
  /** The name of the component it is, which is its name where no property has it. */
  readonly component: string | undefined;
  readonly prefix: string | undefined;
  readonly namespace: string | undefined;
  readonly nodeType: 'element' | 'attribute' | 'text' | 'cdata' | 'none' | undefined;
  /** Whether the items of a list stand in an element of the list's own. */
  readonly isWrapped: boolean;
  /** All types that its schemas or branches allow; empty where nothing is said. */
  readonly types: ReadonlySet<JsonType>;
  /** Where the schema of each property stands, those of branches included. */
  readonly properties: ReadonlyMap<string, Pointer>;
  readonly items: Pointer | undefined;
  readonly additional: Pointer | undefined;
}

interface Found {
  readonly node: JsonObject;
  readonly pointer: Pointer;
}

const nodeTypes = ['element', 'attribute', 'text', 'cdata', 'none'] as const;
const kept = new WeakMap<Resolver, Map<Pointer, XmlShape>>();

/** The shape of the values of a schema; made once and kept. */
export function xmlShapeAt(resolver: Resolver, pointer: Pointer): XmlShape {
  let shapes = kept.get(resolver);
  if (!shapes) {
    shapes = new Map();
    kept.set(resolver, shapes);
  }
  let shape = shapes.get(pointer);
  if (!shape) {
    shape = readShape(resolver, pointer);
    shapes.set(pointer, shape);
  }
  return shape;
}

function readShape(resolver: Resolver, start: Pointer): XmlShape {
  const found = schemasAt(resolver, start);
  const properties = new Map<string, Pointer>();
  for (const { node, pointer } of found)
    for (const name of Object.keys(objectOrEmpty(node.properties)))
      if (!properties.has(name)) properties.set(name, pointerTo(pointer, 'properties', name));
  const marks = found.map(({ node }) => node.xml).filter(isObject);
  const text = (key: string) => marks.map((mark) => mark[key]).find((value) => typeof value === 'string');
  const at = (key: string) => {
    const place = found.find(({ node }) => isObject(node[key]));
    return place && pointerTo(place.pointer, key);
  };
  const nodeType =
    text('nodeType') ?? (marks.some(({ attribute }) => attribute === true) ? 'attribute' : undefined);
  return {
    name: text('name'),
    component: componentOf(found),
    prefix: text('prefix'),
    namespace: text('namespace'),
    nodeType: nodeTypes.find((known) => known === nodeType),
    isWrapped: marks.some(({ wrapped }) => wrapped === true) || nodeType === 'element',
    types: new Set(found.flatMap(({ node }) => [...(typesOf(node) ?? [])])),
    properties,
    items: at('items'),
    additional: at('additionalProperties'),
  };
}

/** The schemas that speak of the value: the one at the pointer first, then what it refers to, is made of, and may be. */
function schemasAt(resolver: Resolver, start: Pointer): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set<Pointer>();
  const waiting: Pointer[] = [start];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const here = resolver.at(next);
    if (!here || !isObject(here.node) || seen.has(here.pointer)) continue;
    const { node, pointer } = here;
    seen.add(pointer);
    found.push({ node, pointer });
    const reference = normalisePointer(referenceOf(node) ?? '');
    if (reference !== undefined) waiting.push(reference);
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const list = node[keyword];
      if (Array.isArray(list)) waiting.push(...list.map((_, index) => pointerTo(pointer, keyword, index)));
    }
  }
  return found;
}

/** The component that the first schema is, or refers to. */
function componentOf(found: readonly Found[]): string | undefined {
  for (const { node, pointer } of found) {
    const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(pointer) ?? [];
    if (name !== undefined) return name;
    if (referenceOf(node) === undefined) return undefined;
  }
  return undefined;
}
