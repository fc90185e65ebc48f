import { circlesOf, folderOf, type SourceFile } from './source-files.ts';

/**
 * Who may import whom: each row only what stands in a later one. Names in one row do not import each other, but for the last
 * row, the ground that everybody stands on.
 */
const layers: readonly (readonly string[])[] = [
  ['cli.ts', 'index.ts', 'vitest.ts'],
  ['commands', 'vitest'],
  ['mutation'],
  ['server', 'contract'],
  ['receiver'],
  ['providers'],
  ['state', 'webhooks'],
  ['storage'],
  ['openapi'],
  ['model'],
  ['json', 'errors.ts', 'clock.ts', 'duration.ts', 'shell-word.ts', 'version.ts', 'visible.ts'],
];

const ground = layers.length - 1;

function layerOf(path: string): number {
  const [room = ''] = path.split('/');
  return layers.findIndex((names) => names.includes(room));
}

/** Imports that point the wrong way, each as `from -> to`; and files that belong to no layer. */
export function misdirectedImports(files: readonly SourceFile[]): readonly string[] {
  const homeless = files.filter(({ path }) => layerOf(path) < 0).map(({ path }) => `${path} is in no layer`);
  const upward = files
    .flatMap(({ imports }) => imports)
    .filter(({ from, to }) => {
      if (from.split('/')[0] === to.split('/')[0]) return false;
      const [higher, lower] = [layerOf(from), layerOf(to)];
      return higher === ground ? lower !== ground : lower <= higher;
    })
    .map(({ from, to }) => `${from} -> ${to}`);
  return [...homeless, ...upward];
}

/** Folders that import each other in a circle, each folder by itself: a parent is another folder than its child. */
export function folderCircles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  return circlesOf(
    files.flatMap(({ imports }) => imports.map(({ from, to }) => [folderOf(from), folderOf(to)] as const)),
  );
}

/** Files that load each other in a circle; and circles of type imports over more than three files. */
export function fileCircles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const imports = files.flatMap((file) => file.imports);
  const values = imports.filter(({ isType }) => !isType);
  const pairs = (some: typeof imports) => some.map(({ from, to }) => [from, to] as const);
  return [...circlesOf(pairs(values)), ...circlesOf(pairs(imports)).filter(({ length }) => length > 3)];
}
