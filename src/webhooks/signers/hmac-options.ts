import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import { type AsymmetricAlgorithm, asymmetricAlgorithms, isAsymmetric } from './asymmetric-key.ts';
import { contentPlaceholders, isContentPlaceholder, stampPlaceholders } from './content.ts';
import { choiceOption, headerNameOption, refuseUnknownOptions, textOption } from './options.ts';
import type { SignerOptions } from './signer.ts';
import { placeholdersOf } from './template.ts';

const hmacAlgorithms = ['sha256', 'sha1', 'sha512', 'md5'] as const;
export type HmacAlgorithm = (typeof hmacAlgorithms)[number];

/** One header that carries a signature. */
export interface SignatureHeader {
  readonly header: string;
  /** Template of the whole value; `{signature}` is its end. */
  readonly value: string;
  readonly algorithm: HmacAlgorithm | AsymmetricAlgorithm;
  readonly encoding: 'hex' | 'base64' | 'base64url';
}

/** A checked HMAC template; `also` signs the same content for older receivers. */
export interface HmacTemplate {
  readonly signature: SignatureHeader;
  readonly also: readonly SignatureHeader[];
  /** Accept a delivery that carries only one of `also`. */
  readonly legacy: boolean;
  readonly content: string;
  readonly key: 'text' | 'base64' | 'hex';
  /** Further headers that say what was signed: name and template. */
  readonly headers: readonly (readonly [string, string])[];
}

const signatureOptions = ['header', 'prefix', 'algorithm', 'encoding'];
const allOptions = [...signatureOptions, 'also', 'legacy', 'content', 'key', 'headers'];

function checkPlaceholders(template: string, known: readonly string[], where: string): string {
  const isKnown = (name: string) =>
    known === contentPlaceholders ? isContentPlaceholder(name) : known.includes(name);
  const unknown = placeholdersOf(template).find((name) => !isKnown(name));
  if (unknown === undefined) return template;
  throw new SparringError(
    'document-invalid',
    `The signature option "${where}" uses {${unknown}}; known are ${known.map((name) => `{${name}}`).join(', ')}.`,
    known === contentPlaceholders
      ? { next: 'Besides, {header:x-name} stands for a header, {body:/a/b} for a field of the body.' }
      : {},
  );
}

function readSignature(options: SignerOptions): SignatureHeader {
  const prefix = checkPlaceholders(textOption(options, 'prefix', ''), stampPlaceholders, 'prefix');
  return {
    header: headerNameOption(options, 'header', 'X-Signature'),
    value: `${prefix}{signature}`,
    algorithm: choiceOption(options, 'algorithm', [...hmacAlgorithms, ...asymmetricAlgorithms]),
    encoding: choiceOption(options, 'encoding', ['hex', 'base64', 'base64url']),
  };
}

function readAlso(options: SignerOptions): readonly SignatureHeader[] {
  const also = options.also ?? [];
  if (!Array.isArray(also) || !also.every(isObject)) {
    throw new SparringError('document-invalid', 'The signature option "also" must be a list of objects.');
  }
  return also.map((entry) => {
    refuseUnknownOptions(entry, signatureOptions);
    return readSignature({ encoding: options.encoding, ...entry });
  });
}

function readHeaders(options: SignerOptions): readonly (readonly [string, string])[] {
  const headers = options.headers ?? {};
  if (!isObject(headers)) {
    throw new SparringError(
      'document-invalid',
      'The signature option "headers" must be an object of name and template.',
    );
  }
  return Object.keys(headers).map((name) => {
    headerNameOption({ headers: name }, 'headers', name);
    const template = textOption(headers, name, '');
    return [name, checkPlaceholders(template, contentPlaceholders, `headers/${name}`)] as const;
  });
}

/** A receiver can only sign again what it is told, so every stamp in the content must reach it in a header. */
function checkCarried(template: HmacTemplate): HmacTemplate {
  const carriers = [template.signature.value, ...template.headers.map(([, value]) => value)];
  const carried = new Set(carriers.flatMap(placeholdersOf));
  const lost = placeholdersOf(template.content).find(
    (name) => stampPlaceholders.includes(name) && !carried.has(name),
  );
  if (lost === undefined) return template;
  throw new SparringError(
    'document-invalid',
    `The signature option "content" uses {${lost}}, but neither "prefix" nor "headers" sends it.`,
  );
}

/** One secret cannot be a text for one signature and a key pair for another. */
function checkKeys(template: HmacTemplate, options: SignerOptions): HmacTemplate {
  const { also, signature } = template;
  const other = also.find(({ algorithm }) => algorithm !== signature.algorithm);
  const pair = [signature, ...also].map(({ algorithm }) => algorithm).find(isAsymmetric);
  if (pair === undefined) return template;
  if (options.key !== undefined) {
    throw new SparringError(
      'document-invalid',
      `The signature option "key" is for HMAC; a key of ${pair} says itself how it is written.`,
    );
  }
  if (other === undefined) return template;
  throw new SparringError(
    'document-invalid',
    `The signature option "also" signs by ${other.algorithm} what is signed by ${signature.algorithm}; one secret cannot do both.`,
  );
}

/** Reads and checks the options of an HMAC template. Throws `document-invalid`. */
export function readHmacOptions(options: SignerOptions): HmacTemplate {
  refuseUnknownOptions(options, allOptions);
  if (options.legacy !== undefined && typeof options.legacy !== 'boolean') {
    throw new SparringError('document-invalid', 'The signature option "legacy" must be true or false.');
  }
  const template: HmacTemplate = {
    signature: readSignature(options),
    also: readAlso(options),
    legacy: options.legacy === true,
    content: checkPlaceholders(textOption(options, 'content', '{body}'), contentPlaceholders, 'content'),
    key: choiceOption(options, 'key', ['text', 'base64', 'hex']),
    headers: readHeaders(options),
  };
  return checkKeys(checkCarried(template), options);
}
