import { shellQuoted } from '../../../shell-word.ts';
import type { CaseExchange } from '../../model/exchange.ts';

/** Header fields that curl sends by itself, or that say nothing here. */
const implied: ReadonlySet<string> = new Set(['content-length', 'host']);
/** Characters of a body that a terminal takes well. */
const mostBody = 4000;

/**
 * A command that sends an exchange's request again. Credentials are `$SPARRING_TOKEN`, `$SPARRING_BASIC` (`user:password`) or
 * `$SPARRING_API_KEY`, never their value.
 */
export function curlOf({ request, sent }: CaseExchange): string {
  const { body, headers, method, secrets, url } = request;
  // The changed character is one of the last, whichever it is.
  const shown: Variable = (name) => (sent.credentials === 'tampered' ? `\${${name}%?????}xxxxx` : `$${name}`);
  const fields = Object.entries(headers).flatMap(([name, value]) => {
    if (implied.has(name)) return [];
    if (sent.credentials === 'wrong-password' && /^basic /i.test(value))
      return [`-u "\${SPARRING_BASIC%%:*}:wrong"`];
    if (secrets.includes(name)) return [secretField(name, value, shown)];
    // curl takes a name with a colon and nothing after it for a field to leave out.
    return [`-H ${shellQuoted(value === '' ? `${name};` : `${name}: ${value}`)}`];
  });
  const text = typeof body === 'string' ? body : body === undefined ? undefined : '<bytes>';
  const data = text === undefined ? [] : [`--data-binary ${shellQuoted(text.slice(0, mostBody))}`];
  return [`curl -i -X ${method}`, ...fields, ...data, addressOf(url, secrets, shown)].join(' ');
}

/** How the value of a variable of the shell is put in. */
type Variable = (name: 'SPARRING_API_KEY' | 'SPARRING_TOKEN') => string;

function secretField(name: string, value: string, shown: Variable): string {
  if (name !== 'authorization')
    return `-H "${name}: ${name === 'cookie' ? cookieNames(value, shown) : shown('SPARRING_API_KEY')}"`;
  if (/^basic /i.test(value)) return '-u "$SPARRING_BASIC"';
  const [, scheme = ''] = /^(\S+ )/.exec(value) ?? [];
  return `-H "${name}: ${scheme}${shown('SPARRING_TOKEN')}"`;
}

function cookieNames(value: string, shown: Variable): string {
  return value
    .split('; ')
    .map((pair) => `${pair.split('=', 1)[0]}=${shown('SPARRING_API_KEY')}`)
    .join('; ');
}

/** The URL with the value of every secret query parameter replaced. */
function addressOf(url: string, secrets: readonly string[], shown: Variable): string {
  const [path = '', query] = url.split('?', 2);
  const pairs = query?.split('&') ?? [];
  const hidden = pairs.filter((pair) => secrets.includes(decodeURIComponent(pair.split('=', 1)[0] ?? '')));
  if (hidden.length === 0) return shellQuoted(url);
  const pairsShown = pairs.map((pair) =>
    hidden.includes(pair) ? `${pair.split('=', 1)[0]}=${shown('SPARRING_API_KEY')}` : pair,
  );
  return `"${path}?${pairsShown.join('&')}"`;
}
