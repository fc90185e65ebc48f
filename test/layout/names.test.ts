import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSourceFile, readSourceFiles, type SourceFile } from './source-files.ts';

const files = readSourceFiles();
const mostFiles = 40;

/** Names that are declared and exported in more than one file, with those files. */
function sharedNames(some: readonly SourceFile[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const { declared, path } of some)
    for (const name of declared) places.set(name, [...(places.get(name) ?? []), path]);
  return [...places].flatMap(([name, paths]) => (paths.length > 1 ? [`${name}: ${paths.join(', ')}`] : []));
}

/**
 * Files whose name says something else than what they export. All words of it stand in one exported name (`junit.ts` exports
 * `formatJunit`); a family of several shares at least one word with its file (`json-pointer.ts` exports `pointerTo`, `keysOf`).
 */
function misnamedFiles(some: readonly SourceFile[]): readonly string[] {
  return some
    .filter(({ path }) => path.includes('/') && !path.endsWith('/index.ts'))
    .filter(({ exported, path }) => {
      const wanted = wordsOf(path.slice(path.lastIndexOf('/') + 1, -'.ts'.length));
      const names = exported.map(wordsOf);
      const isNamed = names.some((words) => wanted.every((word) => words.includes(word)));
      return !isNamed && (names.length < 3 || !names.flat().some((word) => wanted.includes(word)));
    })
    .map(({ exported, path }) => `${path} exports ${exported.join(', ') || 'nothing'}`);
}

/** Lower-case words of a name, without endings of number and tense. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .split('-')
    .map((word) =>
      word
        .replace(/ies$/, 'y')
        .replace(/(?<=.)(?:s|ed)$/, '')
        .replace(/e$/, ''),
    );
}

function crowdedFolders(some: readonly SourceFile[]): readonly string[] {
  const counts = Map.groupBy(some, ({ path }) => dirname(path));
  return [...counts].flatMap(([folder, inside]) => (inside.length > mostFiles ? [folder] : []));
}

describe('names in src/', () => {
  it('are each declared and exported once', () => {
    expect(sharedNames(files)).toEqual([]);
  });

  it('of files say what they export', () => {
    expect(misnamedFiles(files)).toEqual([]);
  });

  it(`stand in folders of at most ${mostFiles} files`, () => {
    expect(crowdedFolders(files)).toEqual([]);
  });
});

describe('a name that is wrong on purpose', () => {
  const one = readSourceFile('a/read-thing.ts', 'export function readThing() {}');

  it('is found where it is declared twice', () => {
    const other = readSourceFile('b/other.ts', 'export const readThing = 1; export const other = 2;');
    expect(sharedNames([one, other])).toEqual(['readThing: a/read-thing.ts, b/other.ts']);
  });

  it('is found where a file says something else', () => {
    const other = readSourceFile('a/own.ts', 'export function noteCreated() {}');
    expect(misnamedFiles([one, other])).toEqual(['a/own.ts exports noteCreated']);
  });

  it('is found where a folder is too full', () => {
    const many = Array.from({ length: mostFiles + 1 }, (_, index) => readSourceFile(`a/x${index}.ts`, ''));
    expect(crowdedFolders([...many, readSourceFile('b/y.ts', '')])).toEqual(['a']);
  });
});
