import type { ServedApi } from '../model/served-api.ts';

export const redacted = '[redacted]';

/** Leaves secrets out of what the admin API shows. */
export interface Redact {
  isSecretHeader(name: string): boolean;
  /** Any JSON value, by the names of its fields; texts in it too. */
  value(value: unknown): unknown;
  /** What stands in text as `password=…`, `"password": …` or as a part of a multipart form. */
  text(text: string): string;
}

const secretHeader = /^(proxy-)?authorization$|cookie|api[-_]?key|token|secret|password/i;
/** Names without `_` and `-`; one that only begins with "token", such as token_type, tells nothing. */
const secretName = /password|passphrase|passwd|secret|apikey|privatekey|authorization|tokens?$/i;
/** Deeper values than this are shown to nobody, so that they cannot exhaust the stack. */
const deepest = 100;

// Each begins where a name can begin only, so that the time they take grows with the text and no faster.
const assignment = /(?<![\w.[\]%-])([\w.[\]%-]+)=([^&\s"'<>]+)/g;
const property =
  /(["'])([^"'\\]{1,200})\1(\s*:\s*)("(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|[^\s,}\]]+)/g;
const formPart = /(;\s*name="?([^";\r\n]+)"?[\s\S]{0,300}?\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/gi;

/** By the usual names of secrets, and by those that the API's document gives its API keys. */
export function redactorOf(api: Pick<ServedApi, 'schemes'> | undefined): Redact {
  const keys = new Set(
    Object.values(api?.schemes ?? {}).flatMap((scheme) =>
      scheme.type === 'apiKey' ? [scheme.name.toLowerCase()] : [],
    ),
  );
  const isSecret = (name: string) =>
    secretName.test(name.replace(/[_-]|%5B|%5D|[[\]]/gi, '')) || keys.has(name.toLowerCase());

  function redactText(text: string): string {
    return text
      .replace(assignment, (all, name: string) => (isSecret(name) ? `${name}=${redacted}` : all))
      .replace(property, (all, quote: string, name: string, colon: string) =>
        isSecret(name) ? `${quote}${name}${quote}${colon}"${redacted}"` : all,
      )
      .replace(formPart, (all, head: string, name: string) => (isSecret(name) ? `${head}${redacted}` : all));
  }

  function redactValue(value: unknown, secret: boolean, depth: number): unknown {
    if (typeof value === 'string') return secret ? redacted : redactText(value);
    if (typeof value === 'number') return secret ? redacted : value;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest) return '[nested too deeply]';
    if (Array.isArray(value)) return value.map((item) => redactValue(item, secret, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name,
        redactValue(child, secret || isSecret(name), depth + 1),
      ]),
    );
  }

  return {
    isSecretHeader: (name) => secretHeader.test(name) || keys.has(name.toLowerCase()),
    value: (value) => redactValue(value, false, 0),
    text: redactText,
  };
}
