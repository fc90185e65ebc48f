import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { projectRoot } from './documents.ts';

const files = ['openapi', 'fixtures'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name}`),
);

describe('the YAML files', () => {
  it.for(files)('%s reads the same by both parsers in use', (file) => {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    const document = parseDocument(text);
    expect([...document.errors, ...document.warnings]).toEqual([]);
    expect(document.toJS()).toEqual(load(text));
  });

  it.for(files)('%s is plain: no anchors, aliases or tags', (file) => {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    expect(text).not.toMatch(/(?:^|[\s[{,])(?:&|\*|!!?)[A-Za-z][\w-]*(?=\s|$)/m);
  });
});
