import { execFile } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Expected, readExpected } from './expected.ts';

/** A document to prove, and what its operations mean where a person wrote that down. */
export interface ChosenDocument {
  readonly name: string;
  readonly file: string;
  readonly expected: Expected | undefined;
}

const corpusFolder = join(import.meta.dirname, 'corpus');

/** Documents of others, by file below node_modules of what packages/ installs. */
const ofOthers: Readonly<Record<string, string>> = {
  blockfrost: '@blockfrost/openapi/openapi.yaml',
  dialogporten: '@digdir/dialogporten-schema/swagger.verified.json',
  directus: '@directus/specs/dist/openapi.json',
  galaxy: '@scalar/galaxy/dist/3.1.json',
  github: '@octokit/openapi/generated/api.github.com.json',
  'github-webhooks': '@octokit/openapi-webhooks/generated/api.github.com.json',
  'ideal-postcodes': '@ideal-postcodes/openapi/dist/openapi.json',
  petstore: '@readme/oas-examples/2.0/json/petstore.json',
  'readme-legacy': '@readme/oas-examples/3.0/json/readme-legacy.json',
  readme: '@readme/oas-examples/3.1/json/readme.json',
  'star-trek': '@readme/oas-examples/3.0/json/star-trek.json',
  'train-travel': '@readme/oas-examples/3.1/json/train-travel.json',
};

/**
 * The documents of the corpus and those of others, or of both what was asked for.
 *
 * @param wanted names with commas between, `corpus`, `others`, or nothing for all
 * @param folder where packages are installed, when one of theirs is wanted
 * @throws Error naming what is not there
 */
export async function chooseDocuments(wanted: string | undefined, folder: string): Promise<ChosenDocument[]> {
  const corpus = (await readdir(corpusFolder))
    .filter((one) => /\.(ya?ml|json)$/.test(one) && !one.includes('.expected.'))
    .map((one) => ({ name: one.replace(/\.\w+$/, ''), file: join(corpusFolder, one) }));
  const others = Object.entries(ofOthers).map(([name, file]) => ({
    name,
    file: join(folder, 'node_modules', file),
  }));
  const asked = wanted?.split(',').map((one) => one.trim()) ?? ['corpus', 'others'];
  const isAsked = (name: string, group: string) => asked.includes(name) || asked.includes(group);
  const known = [...corpus, ...others].map(({ name }) => name);
  const missing = asked.filter((one) => !['corpus', 'others', ...known].includes(one));
  if (missing.length > 0)
    throw new Error(`DOCUMENTS names ${missing}; there are corpus, others, ${known.join(', ')}.`);
  const chosenOthers = others.filter(({ name }) => isAsked(name, 'others'));
  if (chosenOthers.length > 0) await install(folder);
  return [
    ...corpus
      .filter(({ name }) => isAsked(name, 'corpus'))
      .map(({ name, file }) => ({ name, file, expected: readExpected(file) })),
    ...chosenOthers.map((one) => ({ ...one, expected: undefined })),
  ];
}

async function install(folder: string): Promise<void> {
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(join(import.meta.dirname, 'packages', file), join(folder, file));
  }
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}
