import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage, root } from './pages.ts';

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].sort();

/** As GitHub makes them of headings. */
function anchorsOf(page: string): readonly string[] {
  return Array.from(readPage(page).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** `src/{a,b}.ts` is two paths; what holds `<` or `*` is none. */
function pathsIn(text: string): readonly string[] {
  const [, before = '', parts, after = ''] = /^(.*?)\{([^}]*)\}(.*)$/.exec(text) ?? [];
  if (parts === undefined) return /[<*]/.test(text) ? [] : [text];
  return parts.split(',').flatMap((part) => pathsIn(`${before}${part.trim()}${after}`));
}

describe.for(documents.map((page) => [page] as const))('%s', ([page]) => {
  const text = readPage(page).replace(/^```[\s\S]*?^```$/gm, '');

  it('links to what is there', () => {
    const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : join(dirname(page), file);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !anchorsOf(target).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const named = Array.from(
      text.matchAll(/`((?:src|test|openapi|fixtures|docs|bench)\/[^`\s]*)`/g),
      ([, path = '']) => path,
    );
    expect(named.flatMap(pathsIn).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('names the file of each step of the architecture', () => {
  expect(readPage('docs/architecture.md').match(/`src\/[^`]*\.ts`/g)?.length).toBeGreaterThan(30);
});
