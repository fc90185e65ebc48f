import type { Pointer } from '../../json/json-pointer.ts';
import type { Resolver } from '../document/resolver.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';
import { type XmlShape, xmlShapeAt } from './xml-shape.ts';

/** A body of XML as a value of its schema's shape, its texts not yet coerced; and how its root element is called. */
export interface XmlValue {
  readonly value: unknown;
  readonly root: string;
  /** What the document calls the root element; undefined where it leaves that open. */
  readonly expectedRoot: string | undefined;
}

/**
 * Reads XML by a schema: attributes, elements and lists go where its XML Objects say, whatever the prefixes. Elements that it
 * does not name become properties of their own name, lists where they repeat.
 *
 * @throws SparringError `malformed-body` with line and column
 */
export function readXml(resolver: Resolver, schema: Pointer | undefined, text: string): XmlValue {
  const root = parseXml(text);
  const shape = schema === undefined ? undefined : xmlShapeAt(resolver, schema);
  const isList = shape?.types.has('array') === true && !shape.types.has('object');
  const value =
    isList && shape ? itemsOf(resolver, shape, root.children) : elementValue(resolver, shape, root);
  return { value, root: root.name, expectedRoot: shape?.name };
}

function elementValue(resolver: Resolver, shape: XmlShape | undefined, element: XmlElement): unknown {
  if (element.isNil) return null;
  const isPlain = shape ? shape.types.size > 0 && !shape.types.has('object') : true;
  const isEmpty = element.children.length === 0 && Object.keys(element.attributes).length === 0;
  // White space around numbers and the like plays no part (XML Schema, Part 2, section 4.3.6).
  if (isEmpty && isPlain) return shape?.types.has('string') === false ? element.text.trim() : element.text;
  if (isEmpty && shape?.properties.size === 0 && element.text !== '') return element.text;
  if (isEmpty && element.text.trim() !== '' && !hasText(resolver, shape)) return element.text;
  return objectOf(resolver, shape, element);
}

function objectOf(
  resolver: Resolver,
  shape: XmlShape | undefined,
  element: XmlElement,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const unread = new Map<string, XmlElement[]>();
  for (const child of element.children) {
    const same = unread.get(child.name);
    if (same) same.push(child);
    else unread.set(child.name, [child]);
  }
  const attributes = { ...element.attributes };
  for (const [key, pointer] of shape?.properties ?? []) {
    const own = xmlShapeAt(resolver, pointer);
    const name = localPart(own.name ?? key);
    if (own.nodeType === 'attribute') {
      if (Object.hasOwn(attributes, name)) value[key] = attributes[name];
      delete attributes[name];
    } else if (own.nodeType === 'text' || own.nodeType === 'cdata') {
      if (element.text !== '') value[key] = element.text;
    } else if (own.types.has('array')) readList(resolver, own, key, unread, value);
    else {
      const [first, ...more] = unread.get(name) ?? [];
      if (!first) continue;
      // What comes more than once where one is meant is told as a violation of its type.
      value[key] =
        more.length === 0
          ? elementValue(resolver, own, first)
          : [first, ...more].map((each) => elementValue(resolver, own, each));
      unread.delete(name);
    }
  }
  const open = shape?.additional === undefined ? undefined : xmlShapeAt(resolver, shape.additional);
  for (const [name, elements] of unread) {
    if (name === '__proto__') continue;
    const values = elements.map((each) => elementValue(resolver, open, each));
    value[name] = values.length === 1 && !open?.types.has('array') ? values[0] : values;
  }
  for (const [name, text] of Object.entries(attributes)) if (!Object.hasOwn(value, name)) value[name] = text;
  return value;
}

/** Takes the items of a list out of the elements that are not read yet. */
function readList(
  resolver: Resolver,
  shape: XmlShape,
  key: string,
  unread: Map<string, XmlElement[]>,
  value: Record<string, unknown>,
): void {
  const outer = localPart(shape.name ?? key);
  const inner = localPart(
    shape.items === undefined ? outer : (xmlShapeAt(resolver, shape.items).name ?? outer),
  );
  const name = shape.isWrapped ? outer : inner;
  const elements = unread.get(name);
  if (!elements) return;
  unread.delete(name);
  const items = shape.isWrapped ? elements.flatMap(({ children }) => children) : elements;
  value[key] = itemsOf(resolver, shape, items);
}

function itemsOf(resolver: Resolver, { items }: XmlShape, elements: readonly XmlElement[]): unknown[] {
  const shape = items === undefined ? undefined : xmlShapeAt(resolver, items);
  return elements.map((each) => elementValue(resolver, shape, each));
}

/** Whether a property of it is the element's own text. */
function hasText(resolver: Resolver, shape: XmlShape | undefined): boolean {
  return [...(shape?.properties.values() ?? [])].some((pointer) => {
    const { nodeType } = xmlShapeAt(resolver, pointer);
    return nodeType === 'text' || nodeType === 'cdata';
  });
}

function localPart(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
