import { SparringError } from '../../errors.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { Position } from '../document/document.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { Bundle } from './bundle-references.ts';
import type { Source } from './source.ts';
import { createSourcePositions, type Locate } from './source-positions.ts';

/** One error for all problems: the first is its message, each is one of its violations. */
export function documentInvalid(
  positions: BundlePositions,
  problems: readonly DocumentProblem[],
): SparringError {
  const violations = problems.map(({ message, pointer }) => ({
    location: positions.describe(pointer),
    code: 'document-invalid',
    message,
  }));
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  return new SparringError('document-invalid', `${first?.location}: ${first?.message}${more}.`, {
    violations,
  });
}

/** Where the nodes of a document stand, in whichever of its files. */
export interface BundlePositions {
  locate(pointer: Pointer): Position | undefined;
  /** `file:line:column` for messages; the pointer where the document was given as an object. */
  describe(pointer: Pointer): string;
}

export function createBundlePositions(root: Source, bundle: Bundle | undefined): BundlePositions {
  const locates = new Map<Source, Locate>();

  function find(pointer: Pointer): { source: Source; position: Position | undefined } {
    const origin = originOf(pointer, bundle) ?? { source: root, pointer };
    let locate = locates.get(origin.source);
    if (!locate) {
      locate = createSourcePositions(origin.source);
      locates.set(origin.source, locate);
    }
    return { source: origin.source, position: locate(origin.pointer) };
  }

  return {
    locate: (pointer) => find(pointer).position,
    describe(pointer) {
      const { position, source } = find(pointer);
      return position ? `${source.label}:${position.line}:${position.column}` : `${source.label}, ${pointer}`;
    },
  };
}

/** Where a pointer into the bundled document leads in the file that part of it came from. */
function originOf(
  pointer: Pointer,
  bundle: Bundle | undefined,
): { source: Source; pointer: Pointer } | undefined {
  if (!bundle || bundle.origins.size === 0) return undefined;
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    const origin = bundle.origins.get(pointer.slice(0, end));
    if (origin) return { source: origin.source, pointer: origin.pointer + pointer.slice(end) };
  }
  return undefined;
}
