import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundledApis, findApi } from '../../../src/openapi/load/bundled-apis.ts';

describe('bundled documents', () => {
  it('are known by name, without the one that describes Sparring itself', () => {
    const names = bundledApis().map(({ name }) => name);
    expect(names).toContain('hive');
    expect(names).not.toContain('sparring-admin');
    expect(bundledApis().every(({ file }) => existsSync(file))).toBe(true);
  });

  it('are found by name, and other documents by path', () => {
    expect(findApi('hive')).toMatch(/openapi\/hive\.yaml$/);
    expect(findApi('hive.yaml')).toBe('hive.yaml');
    expect(findApi('./apis/mine')).toBe('./apis/mine');
    expect(findApi(import.meta.dirname)).toBe(import.meta.dirname);
  });

  it('a misspelt name is told the right one', () => {
    expect(() => findApi('hvie')).toThrow(
      expect.objectContaining({ code: 'unknown-api', next: 'Did you mean hive?' }),
    );
    expect(() => findApi('something-else')).toThrow(
      expect.objectContaining({ code: 'unknown-api', next: expect.stringContaining('hive') }),
    );
  });
});
