import { isAsymmetric, newPrivateKey } from './asymmetric-key.ts';
import { partValue, type SignedParts } from './content.ts';
import { headerText } from './header-text.ts';
import { type HmacTemplate, readHmacOptions } from './hmac-options.ts';
import { signContent } from './sign-content.ts';
import type { Signer, SignerOptions, SigningInput } from './signer.ts';
import { fillHeaderTemplate } from './template.ts';
import { verifyHmac } from './verify-hmac.ts';

function byLowerCase(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function partsToSign(input: SigningInput): SignedParts {
  return {
    body: input.body,
    url: input.url,
    method: input.method,
    headers: byLowerCase(input.headers),
    stamps: new Map([
      ['id', input.id],
      ['timestamp', String(input.timestamp)],
      ['timestamp-ms', String(input.timestamp * 1000)],
      ['timestamp-rfc3339', new Date(input.timestamp * 1000).toISOString().replace('.000Z', 'Z')],
      ['date', input.date],
      ['event', input.event],
      ['subscription-id', input.subscriptionId],
    ]),
  };
}

function textOf(name: string, parts: SignedParts): string {
  const value = partValue(name, parts);
  return typeof value === 'string' ? value : Buffer.from(value).toString('utf8');
}

function sign(input: SigningInput, template: HmacTemplate): Record<string, string> {
  const parts = partsToSign(input);
  const headers: Record<string, string> = {};
  for (const [name, value] of template.headers) {
    headers[name] = headerText(fillHeaderTemplate(value, (part) => textOf(part, parts)));
  }
  const [secret] = input.secrets;
  if (secret === undefined) return headers;
  const sent =
    template.headers.length === 0
      ? parts
      : { ...parts, headers: byLowerCase({ ...input.headers, ...headers }) };
  for (const signature of [template.signature, ...template.also]) {
    const signed = signContent(template, signature, secret, sent);
    const value = fillHeaderTemplate(signature.value, (part) =>
      part === 'signature' ? signed : textOf(part, parts),
    );
    headers[signature.header] = headerText(value);
  }
  return headers;
}

function exampleSecretOf({ key, signature: { algorithm } }: HmacTemplate): string {
  if (isAsymmetric(algorithm)) return newPrivateKey(algorithm);
  return Buffer.from('an example secret').toString(key === 'hex' ? 'hex' : 'base64');
}

/**
 * An HMAC signer from a preset of options; callers' options win over it. What each option means stands in
 * `hmac-options.ts`. Options are read once per object, not per attempt.
 */
export function hmacSigner(preset: SignerOptions): Signer {
  const templates = new WeakMap<SignerOptions, HmacTemplate>();
  function templateFor(options: SignerOptions): HmacTemplate {
    const kept = templates.get(options);
    if (kept) return kept;
    const template = readHmacOptions({ ...preset, ...options });
    templates.set(options, template);
    return template;
  }
  return {
    check: (options) => void templateFor(options),
    sign: (input, options) => sign(input, templateFor(options)),
    exampleSecret: (options) => exampleSecretOf(templateFor(options)),
    verify: (delivery, options) => verifyHmac(delivery, templateFor(options)),
  };
}

/** HMAC by template, all of it data. Default: hex HMAC-SHA256 of the body in `X-Signature`. */
export const templateHmacSigner: Signer = hmacSigner({});
