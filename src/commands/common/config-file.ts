import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorObject } from 'ajv';
import { SparringError, type Violation } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { CredentialExtension } from '../../openapi/document/extension.ts';
import type { AuthMode } from '../../server/auth/auth-mode.ts';
import type { NamedDocument } from '../../server/model/mock-options.ts';

/** What `sparring.config.*` may hold; its JSON Schema is `openapi/sparring.config.schema.json`. */
export interface SparringConfig {
  readonly apis?: readonly (string | NamedDocument)[];
  readonly auth?: AuthMode;
  readonly mount?: string | Readonly<Record<string, string>>;
  readonly port?: number;
  readonly host?: string;
  readonly seed?: number;
  readonly now?: string;
  readonly timeScale?: number;
  readonly fixtures?: boolean | Readonly<Record<string, string | false>>;
  readonly records?: number;
  readonly strictIds?: boolean;
  readonly data?: string;
  readonly cors?: readonly string[];
  readonly allowHosts?: readonly string[];
  readonly latency?: number | string;
  readonly invalidStatus?: number;
  readonly credentials?: Readonly<Record<string, Readonly<Record<string, CredentialExtension>>>>;
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly https?: boolean | { readonly key: string; readonly cert: string };
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly adminToken?: string;
  readonly test?: TestConfig;
}

/** Defaults of `sparring test`, by the names of its flags. */
export interface TestConfig {
  readonly url?: string;
  readonly seed?: number;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly phases?: readonly string[];
  readonly maxCases?: number;
  /** A duration such as `5m`. */
  readonly maxTime?: string;
  readonly generated?: number;
  readonly receiver?: string;
  readonly receiverPort?: number;
  readonly receiverWait?: string;
  readonly write?: boolean;
  readonly dangerous?: boolean;
  readonly allow?: readonly string[];
  readonly allowLeftovers?: boolean | number;
  readonly strict?: boolean;
  readonly exclusive?: boolean;
  readonly minCoverage?: number;
  /** By what they are for; `{ env }`, `{ file }` and `{ command }` say where a value comes from. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly workers?: number;
  readonly rate?: number;
  /** A duration such as `10s`. */
  readonly timeout?: string;
  readonly proxy?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  /** `name` or `name=file`. */
  readonly reporters?: readonly string[];
  readonly baseline?: string;
  readonly ledger?: string;
  readonly bearer?: string;
  readonly basic?: string;
  readonly apiKeys?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly schemes?: Readonly<Record<string, CredentialExtension>>;
}

const names = ['ts', 'js', 'json', 'yaml', 'yml'].map((extension) => `sparring.config.${extension}`);
const schemaFile = new URL('../../../openapi/sparring.config.schema.json', import.meta.url);

/**
 * Reads the given configuration file, or the first `sparring.config.*` in the folder; an empty configuration without one.
 * Paths in it come back relative to its own folder.
 *
 * @throws SparringError `config-invalid` naming the file and the field.
 */
export async function readConfigFile(folder: string, given: string | undefined): Promise<SparringConfig> {
  const file =
    given === undefined
      ? names.map((name) => resolve(folder, name)).find(existsSync)
      : resolve(folder, given);
  if (file === undefined) return {};
  return withResolvedPaths(await checkConfig(await parseConfig(file, given ?? file), file), dirname(file));
}

async function parseConfig(file: string, shown: string): Promise<unknown> {
  try {
    if (/\.[jt]s$/.test(file)) {
      const module: { default?: unknown } = await import(pathToFileURL(file).href);
      return module.default;
    }
    const text = await readFile(file, 'utf8');
    if (extname(file) === '.json') return JSON.parse(text);
    const { load } = await import('js-yaml');
    return load(text) ?? {};
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SparringError('config-invalid', `The configuration ${shown} cannot be read: ${reason}`, {
      cause,
    });
  }
}

async function checkConfig(config: unknown, file: string): Promise<SparringConfig> {
  const [{ Ajv2020 }, formats, schema] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    readFile(schemaFile, 'utf8'),
  ]);
  const ajv = new Ajv2020({ allErrors: true, verbose: true });
  formats.default.default(ajv);
  const validate = ajv.compile<SparringConfig>(JSON.parse(schema));
  if (validate(config)) return config;
  throw new SparringError('config-invalid', `The configuration ${file} is not valid.`, {
    violations: (validate.errors ?? []).map(violationOf),
  });
}

function violationOf({
  instancePath,
  keyword,
  message = keyword,
  params,
  parentSchema,
}: ErrorObject): Violation {
  const place = { location: instancePath || '/', code: keyword };
  if (keyword !== 'additionalProperties') return { ...place, message };
  const unknown = String(params.additionalProperty);
  const guess = nearest(unknown, Object.keys(parentSchema?.properties ?? {}));
  return { ...place, message: `has no field "${unknown}"${guess ? ` (did you mean ${guess}?)` : ''}` };
}

function withResolvedPaths(config: SparringConfig, folder: string): SparringConfig {
  const path = (name: string) => resolve(folder, name);
  const isPath = (api: string) => /[./\\]/.test(api);
  const { apis, data, https, test } = config;
  return {
    ...config,
    ...(test && { test: resolveTest(test, path) }),
    ...(apis && { apis: apis.map((api) => resolveApi(api, (name) => (isPath(name) ? path(name) : name))) }),
    ...(data !== undefined && { data: path(data) }),
    ...(typeof https === 'object' && { https: { key: path(https.key), cert: path(https.cert) } }),
    ...(typeof config.fixtures === 'object' && { fixtures: resolveFixtures(config.fixtures, path) }),
  };
}

function resolveApi(api: string | NamedDocument, path: (name: string) => string): string | NamedDocument {
  return typeof api === 'string' ? path(api) : { ...api, file: path(api.file) };
}

function resolveTest(test: TestConfig, path: (name: string) => string): TestConfig {
  const files = (['baseline', 'ca', 'cert', 'key', 'ledger'] as const).flatMap((name) => {
    const file = test[name];
    return file === undefined ? [] : [[name, path(file)] as const];
  });
  const reporters = test.reporters?.map((reporter) =>
    reporter.replace(/=(.+)$/, (_, file) => `=${path(file)}`),
  );
  return { ...test, ...Object.fromEntries(files), ...(reporters && { reporters }) };
}

function resolveFixtures(
  fixtures: Readonly<Record<string, string | false>>,
  path: (name: string) => string,
): Record<string, string | false> {
  const entries = Object.entries(fixtures).map(
    ([api, file]) => [api, file === false ? file : path(file)] as const,
  );
  return Object.fromEntries(entries);
}
