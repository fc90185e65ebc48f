import {
  isNamed,
  isSecretCode,
  isSecretFieldName,
  isSecretHeaderName,
  withoutUrlPasswords,
} from '../../json/secret-names.ts';
import { secretFieldsOf } from '../../openapi/document/secret-fields.ts';
import type { ServedApi } from '../model/served-api.ts';

export const redacted = '[redacted]';

/** Leaves secrets out of what the admin API shows. */
export interface Redact {
  isSecretHeader(name: string): boolean;
  /** Any JSON value, by the names of its fields; texts in it too. `isSent`: a client sent it. */
  value(value: unknown, isSent?: boolean): unknown;
  /** What stands in text as `password=…`, `"password": …`, as a part of a multipart form or as the password of a URL. */
  text(text: string): string;
}

/** Deeper values than this are shown to nobody, so that they cannot exhaust the stack. */
const deepest = 100;

/** Characters of a text that are looked through; nobody reads more of one, and the rest is not shown. */
const longestText = 100_000;

// Each begins where a name can begin only, so that the time they take grows with the text and no faster.
const assignment = /(?<![\w.[\]%-])([\w.[\]%-]+)=([^&\s"'<>]+)/g;
const property =
  /(["'])([^"'\\]{1,200})\1(\s*:\s*)("(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|[^\s,}\]]+)/g;
const formPart = /(;\s*name="?([^";\r\n]+)"?[\s\S]{0,300}?\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/gi;

const noNames: ReadonlySet<string> = new Set();

/** By the usual names of secrets, by those that the API's document gives its API keys, and by what it marks as secret. */
export function redactorOf(api: Pick<ServedApi, 'document' | 'schemes'> | undefined): Redact {
  const keys = new Set(
    Object.values(api?.schemes ?? {}).flatMap((scheme) =>
      scheme.type === 'apiKey' ? [scheme.name.toLowerCase()] : [],
    ),
  );
  const marked = api ? secretFieldsOf(api.document) : noNames;
  const isSecret = (name: string) => isSecretFieldName(name) || isNamed(name, keys) || isNamed(name, marked);
  const isSecretPair = (name: string, value: string) => isSecret(name) || isSecretCode(name, value, true);

  function redactText(text: string): string {
    if (text.length > longestText)
      return `${redactText(text.slice(0, longestText))}… (${text.length} characters)`;
    return withoutUrlPasswords(text, redacted)
      .replace(assignment, (all, name: string, value: string) =>
        isSecretPair(name, value) ? `${name}=${redacted}` : all,
      )
      .replace(property, (all, quote: string, name: string, colon: string, value: string) =>
        isSecret(name) || isSecretCode(name, value.replace(/^["']|["']$/g, ''), false)
          ? `${quote}${name}${quote}${colon}"${redacted}"`
          : all,
      )
      .replace(formPart, (all, head: string, name: string, value: string) =>
        isSecretPair(name, value) ? `${head}${redacted}` : all,
      );
  }

  function redactValue(value: unknown, secret: boolean, isSent: boolean, depth: number): unknown {
    if (typeof value === 'string') return secret ? redacted : redactText(value);
    if (typeof value === 'number') return secret ? redacted : value;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest) return '[nested too deeply]';
    if (Array.isArray(value)) return value.map((item) => redactValue(item, secret, isSent, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name,
        redactValue(child, secret || isSecret(name) || isSecretCode(name, child, isSent), isSent, depth + 1),
      ]),
    );
  }

  return {
    isSecretHeader: (name) => isSecretHeaderName(name) || isNamed(name, keys) || isNamed(name, marked),
    value: (value, isSent = false) => redactValue(value, false, isSent, 0),
    text: redactText,
  };
}
