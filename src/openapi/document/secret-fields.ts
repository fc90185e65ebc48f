import { isObject } from '../../json/is-object.ts';
import type { ApiDocument } from './document.ts';

const known = new WeakMap<ApiDocument['root'], ReadonlySet<string>>();

/** Names, in lower case, of the properties and parameters that a document marks `format: password` or `writeOnly`. */
export function secretFieldsOf({ root }: Pick<ApiDocument, 'root'>): ReadonlySet<string> {
  let names = known.get(root);
  if (!names) {
    names = findSecretFields(root);
    known.set(root, names);
  }
  return names;
}

/** Each node of the document is looked at once, however deep it lies and however often it is referred to. */
function findSecretFields(root: object): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<object>([root]);
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { name, properties, schema } = isObject(node) ? node : {};
    for (const [field, each] of Object.entries(isObject(properties) ? properties : {})) {
      if (isSecret(root, each)) names.add(field.toLowerCase());
    }
    if (typeof name === 'string' && isSecret(root, schema)) names.add(name.toLowerCase());
    for (const child of Object.values(node)) {
      if (typeof child !== 'object' || child === null || seen.has(child)) continue;
      seen.add(child);
      waiting.push(child);
    }
  }
  return names;
}

function isSecret(root: object, schema: unknown): boolean {
  let target = schema;
  // A reference to a reference to a reference tells as much as anybody writes.
  for (let step = 0; step < 3 && isObject(target) && typeof target.$ref === 'string'; step += 1) {
    target = nodeAt(root, target.$ref);
  }
  return isObject(target) && (target.format === 'password' || target.writeOnly === true);
}

function nodeAt(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  let node = root;
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    node = isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return node;
}
