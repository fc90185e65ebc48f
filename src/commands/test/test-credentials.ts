import type { CredentialOptions } from '../../contract/execute/credentials/credentials.ts';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import type { TestConfig } from '../common/config-file.ts';
import type { TargetFlags } from './test-target-flags.ts';

/**
 * Credentials from flags, else from the environment, else from the configuration; without a URL, where a mock is tested, only
 * those of flags.
 *
 * @throws SparringError `usage` for what cannot be read or is of no use to the API
 */
export function testCredentials(
  flags: TargetFlags,
  environment: NodeJS.ProcessEnv,
  config: TestConfig,
  document: ApiDocument,
): CredentialOptions {
  const given = {
    bearer: flags.bearer,
    basic: flags.basic,
    apiKeys: flags.apiKey && pairsOf(flags.apiKey, '=', '--api-key <name=value>'),
    headers: flags.header && pairsOf(flags.header, ':', '--header "Name: value"'),
  };
  assertNotEmpty(given);
  assertKeysKnown(Object.keys(given.apiKeys ?? {}), document);
  if (given.basic !== undefined && !given.basic.includes(':'))
    throw new SparringError('usage', '--basic has no colon.', { next: 'Write it as --basic user:password.' });
  if (isAny(given)) return { ...given, schemes: config.schemes };
  if (flags.url === undefined) return {};
  assertSet(environment);
  const inherited = fromEnvironment(environment, document);
  const { apiKeys, basic, bearer, headers, schemes } = config;
  return isAny(inherited) ? { ...inherited, schemes } : { apiKeys, basic, bearer, headers, schemes };
}

/** What a secret that a CI server does not have comes to. */
function assertNotEmpty({ apiKeys, basic, bearer, headers }: CredentialOptions): void {
  const flag =
    bearer?.trim() === ''
      ? '--bearer'
      : basic?.replace(/:.*$/s, '').trim() === ''
        ? '--basic'
        : isOneEmpty(apiKeys)
          ? '--api-key'
          : isOneEmpty(headers)
            ? '--header'
            : undefined;
  if (flag !== undefined) throw emptySecret(`The value of ${flag}`);
}

function isOneEmpty(values: Readonly<Record<string, string>> = {}): boolean {
  return Object.values(values).some((value) => /^(?:bearer|basic|token)?\s*$/i.test(value));
}

/** A variable that is set to nothing was meant to hold something, unless another one does. */
function assertSet(environment: NodeJS.ProcessEnv): void {
  const names = ['SPARRING_TOKEN', 'SPARRING_BASIC', 'SPARRING_API_KEY'];
  const empty = names.find((name) => environment[name]?.trim() === '');
  const isOther = names.some((name) => (environment[name] ?? '').trim() !== '');
  if (empty !== undefined && !isOther) throw emptySecret(`The variable ${empty}`);
}

function emptySecret(what: string): SparringError {
  return new SparringError('usage', `${what} is empty.`, {
    next: 'Set the secret that it comes from, or leave it out to test without credentials.',
  });
}

function isAny(credentials: CredentialOptions): boolean {
  return Object.values(credentials).some((value) => value !== undefined);
}

function fromEnvironment(
  { SPARRING_API_KEY, SPARRING_BASIC, SPARRING_TOKEN }: NodeJS.ProcessEnv,
  document: ApiDocument,
): CredentialOptions {
  const key = SPARRING_API_KEY || undefined;
  return {
    bearer: SPARRING_TOKEN || undefined,
    basic: SPARRING_BASIC || undefined,
    apiKeys:
      key === undefined ? undefined : Object.fromEntries(keyNames(document).map((name) => [name, key])),
  };
}

/** Names of API keys: of their parameters and their schemes. */
function keyNames({ securitySchemes }: ApiDocument): readonly string[] {
  return Object.entries(securitySchemes).flatMap(([scheme, definition]) =>
    definition.type === 'apiKey' ? [definition.name, scheme] : [],
  );
}

function assertKeysKnown(names: readonly string[], document: ApiDocument): void {
  const known = keyNames(document);
  const strange = names.find((name) => !known.includes(name));
  if (strange === undefined) return;
  const guess = nearest(strange, known);
  const all =
    known.length === 0
      ? 'It has none; give it by --header "name: value".'
      : `It has ${[...new Set(known)].join(', ')}.`;
  throw new SparringError('usage', `${document.title} has no API key named "${strange}".`, {
    next: guess ? `Did you mean ${guess}?` : all,
  });
}

function pairsOf(texts: readonly string[], separator: string, form: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf(separator);
      if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
      // The text may be the secret itself.
      throw new SparringError('usage', `A value of ${form.split(' ', 1)[0]} has no "${separator}".`, {
        next: `Write it as ${form}.`,
      });
    }),
  );
}
