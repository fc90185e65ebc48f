import type { Violation } from '../../errors.ts';
import { noViolations } from '../schema/validators.ts';
import { splitHeader, splitSimple, splitStyled } from './parameter-kind.ts';
import { type ParameterPlan, type PlannedParameter, settleParameter } from './parameter-plan.ts';
import { isClaimed, parseQueryParameter, readContent } from './parse-query.ts';
import { decodeField, type QueryField, splitQueryText } from './query-text.ts';

/** Header fields by lower-case name, as Node gives them. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The values of an operation's parameters by name; the objects have no prototype. */
export interface ParsedParameters {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: Readonly<Record<string, unknown>>;
  /** Query fields that the document does not declare, with all their values. */
  readonly unknownQuery: Readonly<Record<string, readonly string[]>>;
  readonly violations: readonly Violation[];
}

const none: Readonly<Record<string, never>> = Object.freeze(Object.create(null));
const nothing: ParsedParameters = Object.freeze({
  path: none,
  query: none,
  headers: none,
  cookies: none,
  unknownQuery: none,
  violations: noViolations,
});

/**
 * Reads the parameters of one request as the document says they are written, coerces them to what their schemas describe,
 * fills in defaults and validates them. Values that break the document are left out of the result.
 *
 * @param rawParams decoded texts of the path's parameters
 * @param rawQuery what follows `?`, as it was sent
 * @throws SparringError `malformed-url` for a percent-encoding in the query that is no UTF-8
 */
export function parseParameters(
  plan: ParameterPlan,
  rawParams: Readonly<Record<string, string>>,
  rawQuery: string,
  headers: HeaderFields,
): ParsedParameters {
  if (plan.isEmpty && rawQuery === '') return nothing;
  const violations: Violation[] = [];
  const fields = splitQueryText(rawQuery);
  const path = read(plan.path, violations, (planned) => readPathParameter(planned, rawParams, violations));
  const query = read(plan.query, violations, (planned) =>
    parseQueryParameter(planned, fields, plan, violations),
  );
  const fromHeaders = read(plan.header, violations, (planned) => readHeader(planned, headers, violations));
  const cookies = readCookies(plan, headers, violations);
  const unknownQuery = readUnknown(fields, plan);
  return {
    path,
    query,
    headers: fromHeaders,
    cookies,
    unknownQuery,
    violations: violations.length === 0 ? noViolations : violations,
  };
}

/** Reads each parameter; one whose reading was a violation is not reported as missing too. */
function read(
  parameters: readonly PlannedParameter[],
  violations: Violation[],
  readOne: (planned: PlannedParameter) => unknown,
): Readonly<Record<string, unknown>> {
  if (parameters.length === 0) return none;
  const values: Record<string, unknown> = Object.create(null);
  for (const planned of parameters) {
    const before = violations.length;
    const raw = readOne(planned);
    if (violations.length === before) settleParameter(planned, raw, values, violations);
  }
  return values;
}

function readPathParameter(
  planned: PlannedParameter,
  rawParams: Readonly<Record<string, string>>,
  violations: Violation[],
): unknown {
  const { kind, location, parameter } = planned;
  const text = rawParams[parameter.name];
  if (text === undefined) return undefined;
  if (parameter.mediaType !== undefined) return readContent(planned, text, violations);
  if (kind === 'single' && parameter.style === 'simple') return text;
  const value = splitStyled(parameter, kind, text);
  if (value === undefined)
    violations.push({ location, code: 'style', message: `must be written in ${parameter.style} style` });
  return value;
}

function readHeader(planned: PlannedParameter, headers: HeaderFields, violations: Violation[]): unknown {
  const { kind, parameter } = planned;
  const field = headers[parameter.name.toLowerCase()];
  if (field === undefined) return undefined;
  const text = typeof field === 'string' ? field : field.join(', ');
  if (parameter.mediaType !== undefined) return readContent(planned, text, violations);
  return splitHeader(text, kind, parameter.explode);
}

/** Cookies of the `cookie` header (RFC 6265, section 5.4), split before they are decoded. */
function readCookies(
  plan: ParameterPlan,
  headers: HeaderFields,
  violations: Violation[],
): Readonly<Record<string, unknown>> {
  if (plan.cookie.length === 0) return none;
  const field = headers.cookie ?? '';
  const cookies = (typeof field === 'string' ? field : field.join('; ')).split(';').map((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0
      ? { name: pair.trim(), raw: '' }
      : { name: pair.slice(0, equals).trim(), raw: pair.slice(equals + 1).trim() };
  });
  return read(plan.cookie, violations, (planned) => {
    const raw = cookies.find(({ name }) => name === planned.parameter.name)?.raw;
    if (raw === undefined) return undefined;
    if (planned.parameter.mediaType !== undefined) return readContent(planned, decodeCookie(raw), violations);
    const split = splitSimple(raw, planned.kind, ',', false);
    if (Array.isArray(split)) return split.map((part: unknown) => decodeCookie(String(part)));
    return typeof split === 'string' ? decodeCookie(split) : split;
  });
}

/** Cookies of other origin than the API's are not encoded at all, so that one that does not decode is taken as it stands. */
function decodeCookie(raw: string): string {
  const text = raw.startsWith('"') && raw.endsWith('"') && raw.length > 1 ? raw.slice(1, -1) : raw;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readUnknown(
  fields: readonly QueryField[],
  plan: ParameterPlan,
): Readonly<Record<string, readonly string[]>> {
  if (fields.length === 0) return none;
  let unknown: Record<string, string[]> | undefined;
  for (const { name, raw } of fields) {
    if (isClaimed(name, plan) || plan.query.some(({ open }) => open)) continue;
    unknown ??= Object.create(null) as Record<string, string[]>;
    const values = unknown[name];
    if (values) values.push(decodeField(raw));
    else unknown[name] = [decodeField(raw)];
  }
  return unknown ?? none;
}
