import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { Resolver } from '../document/resolver.ts';
import { type XmlShape, xmlShapeAt } from './xml-shape.ts';

/** Namespaces that elements around have declared, by prefix; empty for none. */
type Scope = Readonly<Record<string, string>>;

interface Writing {
  readonly resolver: Resolver;
}

const unknown: XmlShape = {
  name: undefined,
  component: undefined,
  prefix: undefined,
  namespace: undefined,
  nodeType: undefined,
  isWrapped: false,
  types: new Set(),
  properties: new Map(),
  items: undefined,
  additional: undefined,
};
const instance = 'http://www.w3.org/2001/XMLSchema-instance';
/** Deeper values are cut, since writing goes down into them. */
const deepest = 500;

/** A value as one XML element, as its schema's XML Objects say; the element is called by them, by its component, or `root`. */
export function writeXml(resolver: Resolver, schema: Pointer | undefined, value: unknown): string {
  const shape = shapeAt(resolver, schema);
  if (!Array.isArray(value))
    return element({ resolver }, shape, shape.name ?? shape.component ?? 'root', value, {}, 0);
  const item = shapeAt(resolver, shape.items);
  const itemName = item.name ?? item.component ?? 'item';
  const name = shape.name ?? shape.component ?? `${itemName}s`;
  const { close, open, scope } = tagOf(shape, name, {});
  const items = value.map((one) => element({ resolver }, item, itemName, one, scope, 1)).join('');
  return `${open}>${items}${close}`;
}

function shapeAt(resolver: Resolver, pointer: Pointer | undefined): XmlShape {
  return pointer === undefined ? unknown : xmlShapeAt(resolver, pointer);
}

function element(
  writing: Writing,
  shape: XmlShape,
  name: string,
  value: unknown,
  outer: Scope,
  depth: number,
): string {
  const { close, open, scope } = tagOf(shape, name, outer);
  if (depth > deepest) return `${open}/>`;
  if (value === null)
    return `${open}${scope.xsi === instance ? '' : ` xmlns:xsi="${instance}"`} xsi:nil="true"/>`;
  if (Array.isArray(value))
    return value.map((one) => element(writing, shape, name, one, outer, depth + 1)).join('');
  if (!isObject(value)) return `${open}>${textIn(shape, value)}${close}`;
  const { attributes, children } = parts(writing, shape, value, scope, depth);
  return children === '' ? `${open}${attributes}/>` : `${open}${attributes}>${children}${close}`;
}

/** The attributes and the content of the element of an object. */
function parts(
  writing: Writing,
  shape: XmlShape,
  value: JsonObject,
  scope: Scope,
  depth: number,
): { readonly attributes: string; readonly children: string } {
  let attributes = '';
  let children = '';
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const own = shapeAt(writing.resolver, shape.properties.get(key) ?? shape.additional);
    const name = own.name ?? key;
    if (own.nodeType === 'attribute') {
      const space = own.prefix === undefined ? '' : namespaceOf(own, scope).text;
      if (part !== null) attributes += `${space} ${qualified(own, name)}="${escapeAttribute(textOf(part))}"`;
    } else if (own.nodeType === 'text') children += escapeText(textOf(part));
    else if (own.nodeType === 'cdata') children += cdata(textOf(part));
    else if (Array.isArray(part)) children += list(writing, own, name, part, scope, depth + 1);
    else children += element(writing, own, name, part, scope, depth + 1);
  }
  return { attributes, children };
}

/** The elements of a list's items, in an element of its own where the list is wrapped. */
function list(
  writing: Writing,
  shape: XmlShape,
  name: string,
  items: readonly unknown[],
  outer: Scope,
  depth: number,
): string {
  const item = shapeAt(writing.resolver, shape.items);
  const itemName = item.name ?? name;
  const { close, open, scope } = shape.isWrapped
    ? tagOf(shape, name, outer)
    : { close: '', open: '', scope: outer };
  const written = items.map((one) => element(writing, item, itemName, one, scope, depth + 1)).join('');
  return shape.isWrapped ? `${open}>${written}${close}` : written;
}

function tagOf(
  shape: XmlShape,
  name: string,
  outer: Scope,
): { readonly open: string; readonly close: string; readonly scope: Scope } {
  const tag = qualified(shape, name);
  const { scope, text } = namespaceOf(shape, outer);
  return { open: `<${tag}${text}`, close: `</${tag}>`, scope };
}

/** The declaration of a namespace that no element around has declared. */
function namespaceOf(
  { namespace, prefix = '' }: XmlShape,
  scope: Scope,
): { readonly text: string; readonly scope: Scope } {
  if (namespace === undefined || scope[prefix] === namespace) return { text: '', scope };
  const attribute = prefix === '' ? 'xmlns' : `xmlns:${nameIn(prefix)}`;
  return { text: ` ${attribute}="${escapeAttribute(namespace)}"`, scope: { ...scope, [prefix]: namespace } };
}

function qualified({ prefix }: XmlShape, name: string): string {
  return prefix === undefined || prefix === '' ? nameIn(name) : `${nameIn(prefix)}:${nameIn(name)}`;
}

/** Text that may be a name (XML 1.0, production 5); other characters become `_`. */
function nameIn(text: string): string {
  const name = text.replaceAll(/[^\p{L}\p{N}_.:-]/gu, '_');
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}

function textIn({ nodeType }: XmlShape, value: unknown): string {
  return nodeType === 'cdata' ? cdata(textOf(value)) : escapeText(textOf(value));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype
    ? JSON.stringify(value)
    : String(value ?? '');
}

function escapeText(text: string): string {
  return allowed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

function cdata(text: string): string {
  return `<![CDATA[${allowed(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Without the characters that XML cannot hold, not even escaped (XML 1.0, production 2). */
function allowed(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
