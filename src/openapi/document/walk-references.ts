import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';

/** A place on the way down a document, linked to the one above it so that pointers are built only where one is needed. */
export interface ReferencePlace {
  readonly node: unknown;
  readonly key: string;
  readonly parent: ReferencePlace | undefined;
  /** Whether the keys of the node are names that somebody chose, such as those of `properties` or `paths`. */
  readonly names: boolean;
}

export interface FoundReference {
  readonly place: ReferencePlace;
  readonly holder: JsonObject;
  readonly reference: string;
}

const nameMaps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'schemas',
  'responses',
  'parameters',
  'headers',
  'paths',
  'additionalOperations',
  'webhooks',
  'x-webhooks',
  'callbacks',
  'examples',
  'links',
  'securitySchemes',
  'securityDefinitions',
  'requestBodies',
  'pathItems',
  'content',
  'mediaTypes',
  'encoding',
  'variables',
  'mapping',
  'scopes',
  'patterns',
]);
/** What is below these is data, in which `$ref` is a key like any other. */
const dataKeys: ReadonlySet<string> = new Set(['example', 'default', 'enum', 'const', 'value', 'dataValue']);

/** Every `$ref` below a node that is a reference, extensions and data left out. Does not recurse: documents may be deep. */
export function* walkReferences(root: unknown): Generator<FoundReference> {
  const seen = new Set<unknown>();
  const waiting: ReferencePlace[] = [{ node: root, key: '', parent: undefined, names: false }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { node, names } = place;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    // Taken before the caller may put something in the reference's place.
    const keys = Object.keys(node);
    if (isObject(node) && !names && typeof node.$ref === 'string') {
      yield { place, holder: node, reference: node.$ref };
    }
    for (const key of keys) {
      const child: unknown = Reflect.get(node, key);
      if (typeof child !== 'object' || child === null || (!names && isData(key, child))) continue;
      waiting.push({
        node: child,
        key,
        parent: place,
        names: !names && nameMaps.has(key) && !Array.isArray(child),
      });
    }
  }
}

function isData(key: string, child: object): boolean {
  return (
    dataKeys.has(key) ||
    (key.startsWith('x-') && key !== 'x-webhooks') ||
    (key === 'examples' && Array.isArray(child))
  );
}

export function pointerOf(place: ReferencePlace): Pointer {
  const keys: string[] = [];
  for (let here = place; here.parent; here = here.parent) keys.unshift(here.key);
  return pointerTo('#', ...keys);
}
