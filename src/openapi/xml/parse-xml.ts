import { createRequire } from 'node:module';
import { SparringError } from '../../errors.ts';

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

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
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
  // Required with the first such body; few APIs have any.
  const { SaxesParser }: typeof import('saxes') = createRequire(import.meta.url)('saxes');
  const parser = new SaxesParser({ position: true, xmlns: false } as const);
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  const fail = (why: string) => {
    throw malformed(`line ${parser.line}, column ${parser.column + 1}: ${why}`);
  };
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('error', ({ message }) => fail(message.replace(/^[\d:]+ /, '').replace(/\.$/, '')));
  parser.on('doctype', () => fail('a document type is not allowed, since entities are not read'));
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', ({ attributes, name }) => {
    if (open.length === deepest) fail(`elements stand in each other more than ${deepest} levels deep`);
    open.push(openElement(name, attributes));
  });
  parser.on('closetag', () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (parent && element) parent.children.push(element);
    else root = element;
  });
  parser.write(text).close();
  if (!root) throw malformed('it has no element');
  return root;
}

function openElement(name: string, given: Readonly<Record<string, string>>): OpenElement {
  const attributes: Record<string, string> = {};
  let isNil = false;
  for (const key of Object.keys(given)) {
    const local = localName(key);
    const value = given[key] ?? '';
    if (key.startsWith('xmlns') || local === '__proto__') continue;
    if (local === 'nil' && key !== 'nil') isNil = value === 'true' || value === '1';
    else attributes[local] = value;
  }
  return { name: localName(name), attributes, children: [], text: '', isNil };
}

function malformed(why: string): SparringError {
  return new SparringError('malformed-body', `The body is not valid XML: ${why}.`);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
