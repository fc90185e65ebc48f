import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import type { CredentialExtension } from '../../../openapi/document/extension.ts';
import type { CredentialsFor, CredentialUse } from '../../model/request-template.ts';
import { insufficientScope } from '../../plan/requests/insufficient-scope.ts';
import type { Transport } from '../transport/transport.ts';
import { createIssuedTokens } from './issued-tokens.ts';
import { presentKey } from './present-key.ts';
import { authorizationOf, tamper } from './tamper.ts';

/** The credentials that the user gives for a run. */
export interface CredentialOptions {
  readonly bearer?: string | undefined;
  /** `user:password`. */
  readonly basic?: string | undefined;
  /** By the name of the parameter or of the security scheme. */
  readonly apiKeys?: Readonly<Record<string, string>> | undefined;
  /** Header fields sent with every request that carries credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** By security scheme; over the document's own. */
  readonly schemes?: Readonly<Record<string, CredentialExtension>> | undefined;
}

/** What a request must carry. */
export interface Presentation {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** Names of the headers and query parameters above that hold what must not be shown. */
  readonly secrets: readonly string[];
}

export interface Credentials {
  /** What to send with a request; `missing` says why there is nothing. */
  present(
    operation: Operation,
    use: CredentialUse,
    namespace: string | undefined,
    about?: CredentialsFor,
  ): Promise<Presentation | { readonly missing: string }>;
  /** Forgets issued tokens, since a clock was moved on. */
  forget(namespace: string | undefined): void;
}

export interface CredentialMeans {
  readonly document: ApiDocument;
  readonly transport: Transport;
  readonly options: CredentialOptions;
  /** Whether the demo credentials that the document states hold: on this machine. */
  readonly demo: boolean;
  /** Whether those hold that a mock has where the document states none. */
  readonly isMock: boolean;
  /** A mock that lets in others than the exact credentials cannot be asked to refuse them. */
  readonly auth?: 'lenient' | 'off' | undefined;
  /** Milliseconds. */
  readonly now: () => number;
}

/** How credentials are to be shown. */
interface Manner {
  readonly use: CredentialUse;
  readonly scopes: readonly string[] | undefined;
  readonly namespace: string | undefined;
}

const nothing: Presentation = { headers: {}, query: [], secrets: [] };

/** Presents credentials for every kind of security scheme. */
export function createCredentials(means: CredentialMeans): Credentials {
  const { document, options } = means;
  const asksForNone = isSilent(document);
  const tokens = createIssuedTokens(means, async (operation, namespace) => {
    const presented = await present(operation, 'valid', namespace);
    return 'missing' in presented ? undefined : presented;
  });

  async function presentScheme(name: string, manner: Manner): Promise<Presentation | undefined> {
    const definition = document.securitySchemes[name];
    const credential = credentialOf(means, name);
    if (!definition) return undefined;
    if (definition.type === 'apiKey') {
      const given = options.apiKeys?.[definition.name] ?? options.apiKeys?.[name] ?? credential.token;
      // A real key in an address would be written into logs.
      if (manner.use === 'misplaced' && !means.demo) return undefined;
      return presentKey(definition, given ?? (means.isMock ? 'demo-token' : undefined), manner.use);
    }
    const word = definition.type === 'http' ? capitalised(definition.scheme) : 'Bearer';
    if (word === 'Basic') return presentPair(means, credential, manner.use);
    const token = await tokenFor(name, credential, manner);
    const isHarmless = manner.use === 'wrong' || manner.use === 'empty';
    return token === undefined
      ? undefined
      : authorization(authorizationOf(manner.use, word, token), isHarmless);
  }

  async function tokenFor(
    scheme: string,
    credential: CredentialExtension,
    { namespace, scopes, use }: Manner,
  ): Promise<string | undefined> {
    if (use === 'wrong') return 'sparring-wrong-token';
    if (use === 'empty') return '';
    if (use === 'misplaced' || use === 'wrong-password') return undefined;
    // What is known beforehand neither expires nor has other scopes at will.
    const isPlain = scopes === undefined && use !== 'expired';
    const known = isPlain ? (options.bearer ?? credential.token) : undefined;
    const account = accountOf(means, scheme, credential);
    const issued = known ?? (await tokens.tokenOf({ scheme, credential: account, scopes, namespace }));
    const fallback = means.isMock && isPlain && credential.issuedBy === undefined ? 'demo-token' : undefined;
    const token = issued ?? fallback;
    return use === 'tampered' && token !== undefined ? tamper(token) : token;
  }

  async function present(
    operation: Operation,
    use: CredentialUse,
    namespace: string | undefined,
    { alternative: only, scheme: tampered }: CredentialsFor = {},
  ): Promise<Presentation | { readonly missing: string }> {
    const { security } = operation;
    const unjudged = security.length === 0 ? undefined : unjudgedAt(means, use);
    if (unjudged !== undefined) return { missing: unjudged };
    if (use === 'valid' && asksForNone) return unasked(options);
    if (use === 'none' || security.length === 0) return nothing;
    const weak = use === 'without-scope' ? insufficientScope(document, security) : undefined;
    if (use === 'without-scope' && weak === undefined) return { missing: 'no scope is too little for it' };
    const scopes = weak === undefined ? undefined : [weak];
    const tried = security.filter((_, index) => only === undefined || index === only);
    for (const alternative of tried) {
      const schemes = alternative.filter(({ scheme }) => use !== 'partial' || scheme !== tampered);
      const parts = await Promise.all(
        schemes.map(({ scheme }) => {
          const isSpoiled = use !== 'partial' && (tampered === undefined || scheme === tampered);
          return presentScheme(scheme, { use: isSpoiled ? use : 'valid', namespace, scopes });
        }),
      );
      const known = parts.filter((part) => part !== undefined);
      if (known.length === parts.length) return joined(known, use === 'valid' ? options.headers : undefined);
    }
    if (options.headers && use === 'valid') return joined([], options.headers);
    if (use === 'wrong-password' && !means.demo)
      return { missing: 'a wrong password could lock an account that somebody uses' };
    const names = [...new Set(tried.flat().map(({ scheme }) => scheme))].join(' or ');
    const kind = use === 'expired' || use === 'without-scope' ? `${use} ` : '';
    return { missing: `there are no ${kind}credentials for ${names}` };
  }

  return { present, forget: tokens.forget };
}

/** Why a mock is not asked whether it refuses what is wrong; undefined where it is. */
function unjudgedAt({ auth }: CredentialMeans, use: CredentialUse): string | undefined {
  if (auth === 'off' && use !== 'valid')
    return 'the mock asks for no credentials; start it with --auth strict to test them';
  const isWellFormed = use === 'wrong' || use === 'tampered' || use === 'wrong-password';
  return auth === 'lenient' && isWellFormed
    ? 'the mock lets any well-formed credentials in; start it with --auth strict to test them'
    : undefined;
}

/** Whether a document speaks of no credentials at all: many leave them out that their servers ask for. */
export function isSilent({ operations }: ApiDocument): boolean {
  return operations.every(({ security }) => security.length === 0);
}

/** Whether the user gave any credentials that are sent as they are. */
export function isGiven({ apiKeys, basic, bearer, headers }: CredentialOptions): boolean {
  return [bearer, basic, apiKeys, headers].some((value) => value !== undefined);
}

/** What the user gave, for an operation that does not say what it wants. */
function unasked({ basic, bearer, headers }: CredentialOptions): Presentation {
  const parts = [
    ...(bearer === undefined ? [] : [authorization(`Bearer ${bearer}`)]),
    ...(basic === undefined || bearer !== undefined ? [] : [authorization(basicOf(basic))]),
  ];
  return parts.length === 0 && headers === undefined ? nothing : joined(parts, headers);
}

/** What is known of a scheme's account: the user's own, on this machine the document's as well. */
function credentialOf({ demo, document, options }: CredentialMeans, scheme: string): CredentialExtension {
  const own = options.schemes?.[scheme] ?? {};
  const shown = document.extension.credentials?.[scheme] ?? {};
  if (demo) return { ...shown, ...own };
  // How tokens are got holds anywhere, secrets of the mock do not.
  return { ...(shown.issuedBy !== undefined && { issuedBy: shown.issuedBy }), ...own };
}

/** One operation may issue the tokens of several schemes, with the account of one. */
function accountOf(
  means: CredentialMeans,
  scheme: string,
  credential: CredentialExtension,
): CredentialExtension {
  if (credential.username !== undefined || credential.clientId !== undefined) return credential;
  const other = Object.keys(means.document.securitySchemes)
    .filter((name) => name !== scheme)
    .map((name) => credentialOf(means, name))
    .find(({ issuedBy, username }) => issuedBy === credential.issuedBy && username !== undefined);
  return { ...other, ...credential };
}

/** RFC 7617. */
function presentPair(
  { demo, isMock, options }: CredentialMeans,
  { password = '', username }: CredentialExtension,
  use: CredentialUse,
): Presentation | undefined {
  const stated = username === undefined ? undefined : `${username}:${password}`;
  const known = options.basic ?? stated ?? (isMock ? 'demo:demo-secret' : undefined);
  if (use === 'wrong') return authorization(basicOf('sparring:sparring-wrong'), true);
  if (use === 'empty') return authorization('Basic', true);
  if (known === undefined) return undefined;
  if (use === 'valid') return authorization(basicOf(known));
  if (use === 'wrong-scheme') return authorization(basicOf(known).replace('Basic', 'Sparring'));
  const [user = ''] = known.split(':', 1);
  // Wrong passwords of a real account could lock it.
  return use === 'wrong-password' && demo ? authorization(basicOf(`${user}:sparring-wrong`)) : undefined;
}

function basicOf(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function authorization(value: string, isHarmless = false): Presentation {
  return { headers: { authorization: value }, query: [], secrets: isHarmless ? [] : ['authorization'] };
}

function joined(parts: readonly Presentation[], more: Readonly<Record<string, string>> = {}): Presentation {
  const own = Object.fromEntries(Object.entries(more).map(([name, value]) => [name.toLowerCase(), value]));
  const cookies = parts.flatMap(({ headers }) => headers.cookie ?? []);
  return {
    headers: {
      ...Object.assign({}, ...parts.map(({ headers }) => headers)),
      ...(cookies.length > 1 && { cookie: cookies.join('; ') }),
      ...own,
    },
    query: parts.flatMap(({ query }) => query),
    secrets: [...parts.flatMap(({ secrets }) => secrets), ...Object.keys(own)],
  };
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
