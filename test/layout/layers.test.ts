import { describe, expect, it } from 'vitest';
import { fileCircles, folderCircles, misdirectedImports } from './layers.ts';
import { readSourceFile, readSourceFiles } from './source-files.ts';

const files = readSourceFiles();

describe('the layers of src/', () => {
  it('import downward only', () => {
    expect(misdirectedImports(files)).toEqual([]);
  });

  it('have no folders that import each other in a circle', () => {
    expect(folderCircles(files)).toEqual([]);
  });

  it('have no files that load each other in a circle, nor circles of types over more than three', () => {
    expect(fileCircles(files)).toEqual([]);
  });

  it('are read with every import, also of types and at run time', () => {
    const { imports } = readSourceFile(
      'server/a.ts',
      `import type { B } from './b.ts'; export { c } from '../json/c.ts'; const d = () => import('../state/d.ts');
       type E = import('../model/e.ts').E; import { type F, g } from './f.ts';`,
    );
    expect(imports.map(({ isType, to }) => `${to}${isType ? ' (type)' : ''}`)).toEqual([
      'server/b.ts (type)',
      'json/c.ts',
      'state/d.ts',
      'model/e.ts (type)',
      'server/f.ts',
    ]);
  });
});

describe('an import that is wrong on purpose', () => {
  const broken = (path: string, text: string) => [
    ...files.filter((file) => file.path !== path),
    readSourceFile(path, text),
  ];

  it('is found where it points upward, as a type too', () => {
    const upward = broken('state/x.ts', `import type { Mock } from '../server/model/mock.ts';`);
    expect(misdirectedImports(upward)).toEqual(['state/x.ts -> server/model/mock.ts']);
  });

  it('is found where it points sideways', () => {
    const sideways = broken('webhooks/x.ts', `import { Namespace } from '../state/namespace.ts';`);
    expect(misdirectedImports(sideways)).toEqual(['webhooks/x.ts -> state/namespace.ts']);
  });

  it('is found in a folder that is in no layer', () => {
    expect(misdirectedImports(broken('helpers/x.ts', ''))).toEqual(['helpers/x.ts is in no layer']);
  });

  it('is found where it closes a circle between folders', () => {
    const circle = broken('server/traffic/x.ts', `import type { Mock } from '../model/mock.ts';`);
    expect(folderCircles(circle)).toEqual([['server/model', 'server/traffic']]);
  });

  it('is found where it closes a circle between files', () => {
    const circle = broken('clock.ts', `import './json/x.ts';`).concat(
      readSourceFile('json/x.ts', `import '../clock.ts';`),
    );
    expect(fileCircles(circle)).toEqual([['clock.ts', 'json/x.ts']]);
  });
});
