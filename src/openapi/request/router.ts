import { METHODS } from 'node:http';
import { createRequire } from 'node:module';
import type { HTTPMethod, HTTPVersion, Instance } from 'find-my-way';
import { SparringError } from '../../errors.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { methods } from '../document/methods.ts';
import { asterisk, routePatternOf, splitTemplate } from './route-pattern.ts';

/** The operation a request is for, and the decoded texts of its path parameters by name. */
export interface RouteMatch {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

export interface Router {
  /**
   * Finds the operation for an upper-case method and a path below the mount, without query. Names are case-sensitive; a
   * trailing slash, and the base path of the document's servers, may be there or not. HEAD is answered by GET.
   *
   * @param host the host name that was called, where one of several operations at the same path is meant by it
   * @param query what follows `?`, where one of several is meant by that
   * @returns the methods that are declared there, if the method is not; undefined where no path matches
   * @throws SparringError `malformed-url` for a percent-encoding that is none
   */
  find(
    method: string,
    path: string,
    host?: string,
    query?: string,
  ): RouteMatch | { readonly allow: readonly string[] } | undefined;
}

/** What a route leads to: the operations whose paths match the same URLs, and their parameters' names by position. */
interface Target {
  readonly operation: Operation;
  /** The query fields that its path template is written with. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly names: readonly string[];
}

type Tree = Instance<HTTPVersion.V1>;

/** Longer values of one path parameter are not found; a URL is shorter than that. */
const longestParameter = 16_384;

/** One radix router for all operations of a document. Routes are registered at the first request. */
export function createRouter(document: ApiDocument): Router {
  let basePaths: readonly string[] | undefined;
  let registered: { tree: Tree; verbs: readonly HTTPMethod[]; asterisks: boolean } | undefined;

  return {
    find(method, path, host, query = '') {
      registered ??= register(document);
      const { asterisks, tree, verbs } = registered;
      const called = { host, query };
      const exact = match(tree, method, prepare(path, asterisks), called);
      if (exact) return exact;
      basePaths ??= basePathsOf(document);
      const variants = variantsOf(path, basePaths).map((variant) => prepare(variant, asterisks));
      for (const variant of variants) {
        const found = match(tree, method, variant, called);
        if (found) return found;
      }
      return allowed(tree, verbs, [prepare(path, asterisks), ...variants]);
    },
  };
}

function register(document: ApiDocument): { tree: Tree; verbs: readonly HTTPMethod[]; asterisks: boolean } {
  // Required at the first request, so that starting does not wait for it.
  const findMyWay: typeof import('find-my-way') = createRequire(import.meta.url)('find-my-way');
  const tree = findMyWay({ maxParamLength: longestParameter, allowUnsafeRegex: true });
  const targets = new Map<string, Target[]>();
  const verbs = new Set<HTTPMethod>();
  let asterisks = false;

  function add(operation: Operation, template: string): void {
    const { key, names, pattern } = routePatternOf(template);
    const fields = [...new URLSearchParams(splitTemplate(template).query)];
    const verb = verbOf(operation);
    // Node reads no requests of other methods, so that there is nothing to find.
    if (!METHODS.includes(verb)) return;
    const known = targets.get(`${verb} ${key}`);
    if (known) {
      known.push({ operation, names, fields });
      return;
    }
    const same: Target[] = [{ operation, names, fields }];
    targets.set(`${verb} ${key}`, same);
    verbs.add(verb);
    asterisks ||= pattern.includes(asterisk);
    tree.on(verb, pattern, unused, same);
  }

  for (const operation of document.operations) add(operation, operation.path);
  for (const [alias, path] of Object.entries(document.extension.aliases ?? {})) {
    for (const operation of document.operations) if (operation.path === path) add(operation, alias);
  }
  return { tree, verbs: [...verbs], asterisks };
}

/** Routes are only looked up, never called. */
function unused(): void {}

const verbs = new Map(methods.map((method) => [method, httpMethodOf(method)]));

function httpMethodOf(method: string): HTTPMethod {
  return method.toUpperCase() as HTTPMethod;
}

function verbOf({ method }: Operation): HTTPMethod {
  return verbs.get(method) ?? httpMethodOf(method);
}

/** Makes a malformed percent-encoding an error rather than a path that is not found. */
function prepare(path: string, asterisks: boolean): string {
  if (path.includes('%')) assertDecodable(path);
  return asterisks ? path.replaceAll(/\*|%2a/gi, asterisk) : path;
}

function assertDecodable(path: string): void {
  try {
    decodeURIComponent(path);
  } catch (cause) {
    throw new SparringError('malformed-url', 'The path holds a percent-encoding that is no UTF-8.', {
      cause,
    });
  }
}

/** The paths of all servers, those of operations and their paths included. */
function basePathsOf({ operations, servers }: ApiDocument): readonly string[] {
  const all = [...servers, ...operations.flatMap((operation) => operation.servers)];
  return [...new Set(all.map(({ basePath }) => basePath))].filter((path) => path !== '');
}

/** What of a call tells apart operations at the same path. */
interface Called {
  readonly host: string | undefined;
  readonly query: string;
}

function match(tree: Tree, method: string, path: string, called: Called): RouteMatch | undefined {
  const found = tree.find(httpMethodOf(method), path);
  if (found) return matchOf(found.store, found.params, called);
  return method === 'HEAD' ? match(tree, 'GET', path, called) : undefined;
}

function matchOf(
  store: unknown,
  values: Record<string, string | undefined>,
  { host, query }: Called,
): RouteMatch | undefined {
  if (!isTargets(store)) return undefined;
  const [first] = store;
  const target =
    store.length === 1
      ? first
      : (host !== undefined && store.find(({ operation }) => operation.hosts.includes(host))) ||
        byQuery(store, query);
  if (!target) return undefined;
  const params: Record<string, string> = Object.create(null);
  for (let index = 0; index < target.names.length; index += 1) {
    const value = values[`p${index}`];
    // A parameter of a path is never empty (OpenAPI 3.1, section 4.8.2): `/customers/` is not `/customers/{id}`.
    if (value === undefined || value === '') return undefined;
    params[target.names[index] ?? ''] = value.includes(asterisk) ? value.replaceAll(asterisk, '*') : value;
  }
  return { operation: target.operation, params };
}

/** The operation with the most query fields in its path that all came; the first where none has any. */
function byQuery(targets: readonly Target[], query: string): Target | undefined {
  const sent = new URLSearchParams(query);
  const met = targets.filter(({ fields }) =>
    fields.every(([name, value]) => sent.getAll(name).includes(value)),
  );
  return met.sort((one, other) => other.fields.length - one.fields.length)[0] ?? targets[0];
}

function isTargets(store: unknown): store is readonly Target[] {
  return Array.isArray(store);
}

/** The other spellings under which a path may be documented: with or without a slash at its end, without the base path. */
function variantsOf(path: string, basePaths: readonly string[]): string[] {
  const spellings = [path];
  for (const basePath of basePaths) {
    if (path === basePath || path.startsWith(`${basePath}/`))
      spellings.push(path.slice(basePath.length) || '/');
  }
  return spellings.flatMap((spelling) => [spelling, otherSlash(spelling)]).slice(1);
}

function otherSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) || '/' : `${path}/`;
}

function allowed(
  tree: Tree,
  verbs: readonly HTTPMethod[],
  paths: readonly string[],
): { readonly allow: readonly string[] } | undefined {
  const allow = verbs.filter((verb) =>
    paths.some((path) => match(tree, verb, path, { host: undefined, query: '' })),
  );
  if (allow.length === 0) return undefined;
  if (allow.includes('GET') && !allow.includes('HEAD')) allow.push('HEAD');
  return { allow: allow.sort() };
}
