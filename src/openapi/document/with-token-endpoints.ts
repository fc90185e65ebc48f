import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import type { ApiDocument } from './document.ts';
import { indexOperations } from './index-operations.ts';

/** Where tokens are asked for, and for which security scheme. */
interface TokenEndpoint {
  /** Below the base path of the document's servers. */
  readonly path: string;
  readonly scheme: string;
}

/**
 * The document with an operation for each address at which a flow of its OAuth 2.0 schemes gives tokens (`tokenUrl`, `refreshUrl`),
 * since most documents name such an address outside their paths, often on another host. One that is among the paths becomes
 * a token endpoint as well, unless the document says what it is. The same document where there is nothing to add.
 */
export function withTokenEndpoints(document: ApiDocument): ApiDocument {
  const endpoints = endpointsOf(document);
  if (endpoints.length === 0) return document;
  const paths: Record<string, unknown> = { ...document.root.paths };
  for (const { path, scheme } of endpoints) {
    const known = objectOrEmpty(paths[path]);
    paths[path] = { ...known, post: tokenOperation(known.post, scheme) };
  }
  const root = { ...document.root, paths };
  const { operations, resolver } = indexOperations(root, (_, message) => new TypeError(message));
  return {
    ...document,
    root: root as OpenAPIV3_1.Document,
    operations,
    operationsById: new Map(operations.map((operation) => [operation.id, operation])),
    resolve: <T>(pointer: string) => resolver.resolve(pointer) as ReturnType<typeof document.resolve<T>>,
  };
}

function endpointsOf(document: ApiDocument): readonly TokenEndpoint[] {
  const found = new Map<string, TokenEndpoint>();
  for (const [scheme, definition] of Object.entries(document.securitySchemes)) {
    if (definition.type !== 'oauth2' || isIssuedByOperation(document, scheme)) continue;
    for (const flow of Object.values(objectOrEmpty(definition.flows))) {
      const { refreshUrl, tokenUrl } = objectOrEmpty(flow);
      for (const url of [tokenUrl, refreshUrl]) {
        const path = typeof url === 'string' ? pathBelowServers(document, url) : undefined;
        if (path !== undefined && !found.has(path) && !isSpokenFor(document, path))
          found.set(path, { path, scheme });
      }
    }
  }
  return [...found.values()];
}

/** Whether the document itself says which operation gives the tokens of a scheme. */
function isIssuedByOperation({ extension, operations }: ApiDocument, scheme: string): boolean {
  if (extension.credentials?.[scheme]?.issuedBy !== undefined) return true;
  return operations.some((operation) => operation.extension.action === 'token');
}

/** Whether the document says what the operation at a path does, or has a template there that is not meant. */
function isSpokenFor({ operations }: ApiDocument, path: string): boolean {
  return operations.some(
    (operation) =>
      operation.path === path && operation.method === 'post' && operation.extension.action !== undefined,
  );
}

function pathBelowServers({ servers }: ApiDocument, url: string): string | undefined {
  const parsed = URL.parse(url, 'https://provider.invalid/');
  if (!parsed || /[{}]|%7[bd]/i.test(parsed.pathname) || parsed.pathname === '/') return undefined;
  const path = parsed.pathname.replace(/\/+$/, '');
  const base = servers
    .map(({ basePath }) => basePath)
    .find((each) => each !== '' && path.startsWith(`${each}/`));
  return base === undefined ? path : path.slice(base.length);
}

/** The declared operation as a token endpoint, or one as RFC 6749 describes it (sections 4 and 5). */
function tokenOperation(declared: unknown, scheme: string): JsonObject {
  if (isObject(declared))
    return {
      ...declared,
      'x-sparring': { ...objectOrEmpty(declared['x-sparring']), action: 'token', scheme },
    };
  const body = { schema: { type: 'object', properties: { grant_type: { type: 'string' } } } };
  const refusal = {
    description: 'Refused.',
    content: {
      'application/json': { schema: { type: 'object', properties: { error: { type: 'string' } } } },
    },
  };
  return {
    summary: 'Gives an access token',
    security: [],
    requestBody: { content: { 'application/x-www-form-urlencoded': body, 'application/json': body } },
    responses: {
      200: { description: 'The token.', content: { 'application/json': { schema: { type: 'object' } } } },
      400: refusal,
      401: refusal,
    },
    'x-sparring': { action: 'token', scheme },
  };
}
