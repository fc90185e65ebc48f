import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, Resolved } from '../document/document.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { OperationIndex } from '../document/index-operations.ts';
import type { Resolver } from '../document/resolver.ts';
import type { BundlePositions } from './bundle-positions.ts';
import type { Bundle } from './bundle-references.ts';
import type { Source } from './source.ts';

/** All that is known of a document once it is loaded. */
export interface Loaded {
  readonly name: string;
  readonly read: Source;
  readonly bundle: Bundle | undefined;
  readonly index: OperationIndex;
  readonly positions: BundlePositions;
  /** What is wrong and is read all the same. */
  readonly leniencies: readonly DocumentProblem[];
}

/** A loaded document as everything else sees it. */
export function describeDocument({ bundle, index, name, positions, read, leniencies }: Loaded): ApiDocument {
  const { operations, resolver, root, servers } = index;
  if (!isChecked(root)) throw new TypeError('Unreachable: a loaded document is an object.');
  const info = objectOrEmpty(root.info);
  const extension: unknown = Reflect.get(root, 'x-sparring');
  return {
    name,
    title: typeof info.title === 'string' ? info.title : name,
    version: String(info.version ?? '0'),
    file: read.file,
    files: bundle?.sources.map(({ file }) => file) ?? [read.file],
    root,
    extension: isObject(extension) ? extension : {},
    operations,
    operationsById: new Map(operations.map((operation) => [operation.id, operation])),
    servers,
    securitySchemes: readSecuritySchemes(root, resolver),
    resolve: <T>(pointer: Pointer) => asResolved<T>(resolver.resolve(pointer)),
    position: positions.locate,
    warnings: () => warningsOf(leniencies, positions),
  };
}

/** How many of what a document got wrong is told. */
const mostWarnings = 20;

function warningsOf(leniencies: readonly DocumentProblem[], positions: BundlePositions): readonly string[] {
  const told = leniencies
    .slice(0, mostWarnings)
    .map(({ message, pointer }) => `${positions.describe(pointer)}: ${message}.`);
  const more = leniencies.length - told.length;
  return more > 0 ? [...told, `${positions.describe('#')}: and ${more} more like these.`] : told;
}

/** The one place where a checked document gets its type. */
function isChecked(root: unknown): root is OpenAPIV3_1.Document {
  return isObject(root);
}

/** A caller says what it takes a node to be, as it does with a pointer into any JSON. */
function asResolved<T>(found: Resolved<unknown> | undefined): Resolved<T> | undefined {
  return found as Resolved<T> | undefined;
}

function readSecuritySchemes(root: JsonObject, resolver: Resolver): ApiDocument['securitySchemes'] {
  const schemes: Record<string, OpenAPIV3_1.SecuritySchemeObject> = {};
  for (const name of Object.keys(objectOrEmpty(objectOrEmpty(root.components).securitySchemes))) {
    const found = resolver.resolve(pointerTo('#/components/securitySchemes', name));
    if (found && isSecurityScheme(found.node)) schemes[name] = found.node;
  }
  return schemes;
}

function isSecurityScheme(node: unknown): node is OpenAPIV3_1.SecuritySchemeObject {
  return isObject(node) && typeof node.type === 'string';
}
