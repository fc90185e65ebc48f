import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** As a user's shell has it: nothing that npm sets for this project's own scripts, and nothing of which scripts are to run. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:npm_(?:lifecycle|package)|npm_config_(?:ignore|allow)|NODE_(?:OPTIONS|ENV)|SPARRING_|VITEST)/i.test(
        name,
      ),
  ),
);

let folder: string;

/** Packs the package as it would be published, and installs it in an empty project by npm's own defaults. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparring-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, env });
  const packed: unknown = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
  const [first] = Array.isArray(packed) ? packed : Object.values(packed as object);
  console.log(
    `packed: ${(first.size / 1e6).toFixed(1)} MB, ${(first.unpackedSize / 1e6).toFixed(1)} MB unpacked`,
  );
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  await run('npm', ['install', '--no-audit', '--no-fund', `./${first.filename}`], { cwd: folder, env });
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every installed package with its scripts. */
async function installed(): Promise<readonly { name: string; scripts: Record<string, string> }[]> {
  const modules = join(folder, 'node_modules');
  const files = await readdir(modules, { recursive: true });
  const manifests = files.filter((file) =>
    /(?:^|node_modules\/)(?:@[^/]+\/)?[^/]+\/package\.json$/.test(file),
  );
  return Promise.all(
    manifests.map(async (file) => {
      const { name = file, scripts = {} } = JSON.parse(await readFile(join(modules, file), 'utf8'));
      const own = await readdir(dirname(join(modules, file)));
      // npm runs node-gyp for a package that says how to build itself.
      return {
        name,
        scripts: own.includes('binding.gyp') ? { install: 'node-gyp rebuild', ...scripts } : scripts,
      };
    }),
  );
}

it('brings no package that runs a script when it is installed', async () => {
  const packages = await installed();
  const { stdout } = await run('du', ['-sm', 'node_modules'], { cwd: folder });
  console.log(`installed: ${packages.length} packages, ${stdout.split('\t')[0]} MB`);
  expect(packages.length).toBeGreaterThan(50);
  const scripted = packages.filter(({ scripts }) =>
    ['preinstall', 'install', 'postinstall'].some((name) => name in scripts),
  );
  expect(scripted).toEqual([]);
  expect(packages.map(({ name }) => name).filter((name) => /scarf|stoplight/.test(name))).toEqual([]);
});

it('serves an operation that only its examples and schemas describe, warns of nothing, and keeps to a seed', async () => {
  await writeFile(
    join(folder, 'try.js'),
    `import { createMock } from 'sparring';
    const schema = { type: 'object', required: ['email'], properties: { email: { type: 'string', format: 'email' } } };
    const responses = { 200: { description: 'It is.', content: { 'application/json': { schema } } } };
    const document = { openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths: { '/me': { get: { responses } } } };
    const mock = await createMock({ apis: [{ name: 'own', document }] });
    const answers = [];
    for (const prefer of ['', 'dynamic=true', 'dynamic=true']) {
      const answer = await mock.fetch('/me', { headers: { prefer } });
      answers.push([answer.status, (await answer.json()).email]);
    }
    console.log(JSON.stringify(answers));
    await mock.close();`,
  );
  const { stderr, stdout } = await run(process.execPath, ['try.js'], { cwd: folder, env });
  expect(stderr).toBe('');
  const answers = JSON.parse(stdout);
  expect(answers.map(([status]: [number]) => status)).toEqual([200, 200, 200]);
  for (const [, email] of answers) expect(email).toMatch(/^[^@\s]+@[^@\s]+$/);
});

it('has types that stand by themselves', async () => {
  await writeFile(
    join(folder, 'types.ts'),
    `import { createMock, type Mock, type MockOptions } from 'sparring';
    const options: MockOptions = { apis: ['hive'], auth: 'strict', mount: '/v1' };
    export const mock: Promise<Mock> = createMock(options);`,
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const types = join(root, 'node_modules/@types');
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--typeRoots',
    types,
    '--types',
    'node',
  ];
  await run(process.execPath, [tsc, ...flags, '--skipLibCheck', 'types.ts'], { cwd: folder, env });
});

it('carries the licences of what is bundled', async () => {
  const text = await readFile(join(folder, 'node_modules/sparring/dist/vendor/LICENSES.txt'), 'utf8');
  expect(text).toMatch(/@stoplight\/prism-http 5\.\d+\.\d+ \(Apache-2\.0\)/);
  expect(text).not.toContain('scarf');
});

it('runs the command', async () => {
  const { stdout } = await run('npx', ['sparring', 'list'], { cwd: folder, env });
  expect(stdout).toContain('hive');
});
