import { createRequire } from 'node:module';
import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';

/** An element of a document, its names without their prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly in it. */
  readonly text: string;
  /** Whether it says that it has no value (`xsi:nil`). */
  readonly isNil: boolean;
}

/** As deep as JSON may be. */
const deepest = 500;

/**
 * The root element of an XML document. Entities are off: a document type, which declares them, is refused, and only the five
 * of XML itself and references by number are read.
 *
 * @throws SparringError `malformed-body` with line and column
 */
export function parseXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw malformed('it has a document type, and entities are not read');
  // Required with the first such body; few APIs have any.
  const { XMLParser, XMLValidator }: typeof import('fast-xml-parser') = createRequire(import.meta.url)(
    'fast-xml-parser',
  );
  const valid = XMLValidator.validate(text, { allowBooleanAttributes: false });
  if (valid !== true) {
    const { col, line, msg } = valid.err;
    throw malformed(`line ${line}, column ${col}: ${msg.replace(/\.$/, '')}`);
  }
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: false,
    cdataPropName: '#cdata',
    maxNestedTags: deepest,
  });
  let nodes: unknown;
  try {
    nodes = parser.parse(text);
  } catch (cause) {
    throw malformed(cause instanceof Error ? cause.message.replace(/\.$/, '') : 'it cannot be read', cause);
  }
  const [root, second] = (Array.isArray(nodes) ? nodes : [])
    .map(elementOf)
    .filter((element) => element !== undefined);
  if (!root) throw malformed('it has no element');
  if (second) throw malformed(`it has a second root element, <${second.name}>`);
  return root;
}

function malformed(why: string, cause?: unknown): SparringError {
  return new SparringError('malformed-body', `The body is not valid XML: ${why}.`, { cause });
}

/** A node of the parser, which has its name as its key, as an element. */
function elementOf(node: unknown): XmlElement | undefined {
  if (!isObject(node)) return undefined;
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('#')) return undefined;
  const content: unknown = node[name];
  const attributes: Record<string, string> = {};
  let isNil = false;
  for (const [key, value] of Object.entries(isObject(node[':@']) ? node[':@'] : {})) {
    const local = localName(key);
    if (key.startsWith('xmlns') || local === '__proto__') continue;
    if (local === 'nil' && key !== 'nil') isNil = value === 'true' || value === '1';
    else attributes[local] = decoded(String(value));
  }
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return {
    name: localName(name),
    attributes,
    children: parts.map(elementOf).filter((child) => child !== undefined),
    text: parts.map(textOf).join(''),
    isNil,
  };
}

function textOf(node: unknown): string {
  if (!isObject(node)) return '';
  if (node['#text'] !== undefined) return decoded(String(node['#text']));
  const literal: unknown = node['#cdata'];
  return Array.isArray(literal)
    ? literal.map((part) => (isObject(part) ? String(part['#text'] ?? '') : '')).join('')
    : '';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** References to characters in a text, as the characters; what is none is left as it stands. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
