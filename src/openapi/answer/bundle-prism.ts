import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const dist = join(root, 'dist');
const vendor = join(dist, 'vendor');
const name = '@stoplight/prism-http';

/** Packages that ours depends on in the same version; all others come along as they are. */
const kept = ['@faker-js/faker'];

/** Of descriptions in other forms than OpenAPI, which never come here. */
const unused = '@stoplight/http-spec/postman/operation';

/** A licence says which text must go along with a copy. */
const licenceName = /^(?:licen[cs]e|notice|copying)(?:\.|$|-)/i;

/**
 * Puts what is used of prism-http into the built package, so that whoever installs it gets neither its 120 packages nor their install
 * script (see docs/decisions/016).
 */
export async function bundlePrism(): Promise<void> {
  const files = filesBelow(dist).filter((file) => file.endsWith('.js'));
  const users = files.filter((file) => readFileSync(file, 'utf8').includes(name));
  const wanted = new Set(users.flatMap((file) => requiredIn(readFileSync(file, 'utf8'))));
  if (wanted.size === 0)
    throw new Error(`Nothing in ${dist} requires ${name}; the bundle is not needed any more.`);
  const input = Object.fromEntries([...wanted].map((specifier) => [entryName(specifier), specifier]));
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external: kept,
    // Its other form hides what it requires from a bundler.
    resolve: { alias: { 'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js') } },
    plugins: [
      {
        name: 'leave-out',
        resolveId: (id) => (id === unused ? `\0${unused}` : undefined),
        load: (id) => (id === `\0${unused}` ? 'module.exports = {};' : undefined),
      },
    ],
    logLevel: 'silent',
  });
  const { output } = await bundle.write({
    dir: vendor,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'shared-[hash].cjs',
  });
  await bundle.close();
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  writeFileSync(join(vendor, 'LICENSES.txt'), licencesOf(modules));
  for (const file of users) writeFileSync(file, pointedAtBundle(readFileSync(file, 'utf8'), dirname(file)));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
}

function requiredIn(text: string): readonly string[] {
  return [...text.matchAll(/require\(["'](@stoplight\/prism-http[^"']*)["']\)/g)].map(
    ([, specifier = '']) => specifier,
  );
}

function entryName(specifier: string): string {
  return specifier.replace(/^.*\//, '').replace(/\.js$/, '');
}

function pointedAtBundle(text: string, folder: string): string {
  return text.replace(/require\(["'](@stoplight\/prism-http[^"']*)["']\)/g, (_, specifier: string) => {
    const path = relative(folder, join(vendor, `${entryName(specifier)}.cjs`)).replaceAll('\\', '/');
    return `require('${path.startsWith('.') ? path : `./${path}`}')`;
  });
}

/** The name, version and licence texts of every package of which something is in the bundle. */
function licencesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((id) => folderOfPackage(id)));
  return [...folders]
    .map((folder) => {
      const {
        license,
        name: called,
        version,
      } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder)
        .filter((file) => licenceName.test(file))
        .map((file) => readFileSync(join(folder, file), 'utf8').trim());
      return [`${called} ${version} (${license ?? 'see its text'})`, ...texts].join('\n\n');
    })
    .sort()
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}

function folderOfPackage(id: string): readonly string[] {
  const [, folder] = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)/.exec(id) ?? [];
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? [folder] : [];
}

if (import.meta.main) await bundlePrism();
