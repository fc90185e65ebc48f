import { readDuration } from '../duration.ts';
import { type ErrorCode, SparringError } from '../errors.ts';
import { isObject } from '../json/is-object.ts';
import type { DisablePolicy, PolicySettings, RetryAfterPolicy, Settings, SignaturePolicy } from './policy.ts';
import { PolicyReader } from './policy-reader.ts';
import { headerTemplatePlaceholders } from './prepare-attempt.ts';
import {
  readBoolean,
  readFraction,
  readHeaderValue,
  readInteger,
  readMethod,
  readObject,
  readOrder,
  readSchedule,
  readTimeout,
} from './read-policy-values.ts';
import { findSigner } from './signers/find-signer.ts';
import { isHeaderName } from './signers/options.ts';
import { placeholdersOf } from './signers/template.ts';
import { parseStatuses, type StatusRange } from './status-range.ts';

const fields = [
  'method',
  'contentType',
  'headers',
  'success',
  'timeout',
  'schedule',
  'jitter',
  'redirects',
  'retryAfter',
  'disable',
  'concurrency',
  'order',
  'signature',
] as const;

const statusForm = 'a status such as 200, a range such as "2xx", "200-204" or "<400", or a list of these';

function readHeaders(
  source: Record<string, unknown>,
  at: string,
  reader: PolicyReader,
): Record<string, string | null> {
  const headers: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(source)) {
    const text = value === null ? null : readHeaderValue(value);
    if (!isHeaderName(name)) reader.refuse(`${at}/${name}`, 'must be named by a header name');
    else if (text === undefined) reader.refuse(`${at}/${name}`, 'must be a text of one line, or null');
    else {
      headers[name] = text;
      const unknown = placeholdersOf(text ?? '').find((part) => !headerTemplatePlaceholders.includes(part));
      const known = headerTemplatePlaceholders.map((part) => `{${part}}`).join(', ');
      if (unknown !== undefined) reader.refuse(`${at}/${name}`, `uses {${unknown}}; known are ${known}`);
    }
  }
  return headers;
}

function readRetryAfter(
  source: Record<string, unknown>,
  at: string,
  reader: PolicyReader,
): Settings<RetryAfterPolicy> {
  reader.known(source, at, ['honour', 'max']);
  const honour = reader.field(source, at, 'honour', 'true or false', readBoolean);
  const max = reader.field(source, at, 'max', 'a duration', readDuration);
  return { honour, max };
}

function readDisable(
  source: Record<string, unknown>,
  at: string,
  reader: PolicyReader,
): Settings<DisablePolicy> {
  reader.known(source, at, ['statuses', 'failuresInARow']);
  const statuses = reader.field<readonly StatusRange[]>(source, at, 'statuses', statusForm, parseStatuses);
  const failuresInARow =
    source.failuresInARow === null
      ? null
      : reader.field(source, at, 'failuresInARow', 'an integer from 1, or null', readInteger(1, 1_000_000));
  return { statuses, failuresInARow };
}

function readSignature(
  source: Record<string, unknown>,
  at: string,
  reader: PolicyReader,
): SignaturePolicy | undefined {
  reader.known(source, at, ['scheme', 'options']);
  const scheme = reader.field(source, at, 'scheme', 'a text', (value) =>
    typeof value === 'string' ? value : undefined,
  );
  const options = reader.field(source, at, 'options', 'an object', readObject) ?? {};
  if (scheme === undefined) {
    if (source.scheme === undefined) reader.refuse(`${at}/scheme`, 'is missing');
    return undefined;
  }
  try {
    findSigner(scheme).check(options);
  } catch (error) {
    if (!(error instanceof SparringError)) throw error;
    reader.refuse(at, `is wrong: ${error.message.replace(/\.$/, '')}`);
  }
  return { scheme, options };
}

/**
 * Reads one layer of delivery settings from the plain object in `x-sparring`, where durations are milliseconds or text
 * such as `5s`. `at` is where it stands, such as `x-sparring/delivery`. Throws `code` with every violation found.
 */
export function parsePolicy(
  source: unknown,
  at: string,
  code: ErrorCode = 'document-invalid',
): PolicySettings {
  const reader = new PolicyReader();
  if (!isObject(source)) {
    throw new SparringError(
      code,
      `${at} must be an object of delivery settings; it is ${JSON.stringify(source)}.`,
    );
  }
  reader.known(source, at, fields);
  const nested = (name: string) => reader.field(source, at, name, 'an object', readObject);
  const [headers, retryAfter, disable, signature] = ['headers', 'retryAfter', 'disable', 'signature'].map(
    nested,
  );
  const settings = {
    method: reader.field(source, at, 'method', 'GET, POST, PUT, PATCH or DELETE', readMethod),
    contentType: reader.field(source, at, 'contentType', 'a media type', readHeaderValue),
    headers: headers && readHeaders(headers, `${at}/headers`, reader),
    success: reader.field(source, at, 'success', statusForm, parseStatuses),
    timeout: reader.field(source, at, 'timeout', 'a duration above 0', readTimeout),
    schedule: reader.field(source, at, 'schedule', 'a list of durations', readSchedule),
    jitter: reader.field(source, at, 'jitter', 'a number from 0 to 1', readFraction),
    redirects: reader.field(source, at, 'redirects', 'an integer from 0 to 20', readInteger(0, 20)),
    retryAfter: retryAfter && readRetryAfter(retryAfter, `${at}/retryAfter`, reader),
    disable: disable && readDisable(disable, `${at}/disable`, reader),
    concurrency: reader.field(source, at, 'concurrency', 'an integer from 1', readInteger(1, 1000)),
    order: reader.field(source, at, 'order', '"ordered" or "unordered"', readOrder),
    signature: signature && readSignature(signature, `${at}/signature`, reader),
  };
  if (reader.violations.length > 0) {
    const message = reader.violations.map((violation) => violation.message).join(' ');
    throw new SparringError(code, message, { violations: reader.violations });
  }
  return settings;
}
