import type { Violation } from '../../errors.ts';
import { fieldPath, insertField } from './field-path.ts';
import { splitSimple } from './parameter-kind.ts';
import type { ParameterPlan, PlannedParameter } from './parameter-plan.ts';
import { decodeField, type QueryField } from './query-text.ts';

/** What the fields of a query say of one parameter; `undefined` when nothing, or nothing that is not a violation. */
export function parseQueryParameter(
  planned: PlannedParameter,
  fields: readonly QueryField[],
  plan: ParameterPlan,
  violations: Violation[],
): unknown {
  const { parameter, location } = planned;
  if (parameter.style === 'deepObject') return readDeepObject(parameter.name, fields);
  if (planned.properties.length > 0 || planned.open) return readSpreadObject(planned, fields, plan);
  let first: string | undefined;
  let rest: string[] | undefined;
  for (const { name, raw } of fields) {
    if (name !== parameter.name) continue;
    if (first === undefined) first = raw;
    else if (rest) rest.push(raw);
    else rest = [first, raw];
  }
  if (first === undefined) return undefined;
  if (rest && !(planned.repeats && parameter.explode)) {
    violations.push({ location, code: 'duplicate', message: 'must be sent only once' });
    return undefined;
  }
  if (rest) return rest.map((raw) => decodeField(raw));
  if (parameter.mediaType !== undefined) return readContent(planned, decodeField(first), violations);
  if (planned.kind === 'single') return decodeField(first);
  return planned.kind === 'list' && parameter.explode ? [decodeField(first)] : splitDelimited(planned, first);
}

/** A value serialised as a media type: JSON is parsed, all else is text. */
export function readContent(
  { json, location }: PlannedParameter,
  text: string,
  violations: Violation[],
): unknown {
  if (!json) return text;
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    violations.push({ location, code: 'json', message: 'must be JSON' });
    return undefined;
  }
}

const delimiters: Readonly<Record<string, RegExp>> = {
  spaceDelimited: /%20|\+| /,
  pipeDelimited: /\||%7c/i,
};

/** Split before it is decoded, so that an encoded delimiter inside a value is no delimiter. */
function splitDelimited({ kind, parameter }: PlannedParameter, raw: string): unknown {
  const split = splitSimple(raw, kind, delimiters[parameter.style] ?? ',', false);
  if (Array.isArray(split)) return split.map((part: unknown) => decodeField(String(part)));
  if (typeof split !== 'object' || split === null) return split;
  return fromDecoded(
    Object.entries(split).map(([key, value]) => [decodeField(key), decodeField(String(value))]),
  );
}

function readDeepObject(name: string, fields: readonly QueryField[]): unknown {
  let object: Record<string, unknown> | undefined;
  for (const field of fields) {
    if (!field.name.startsWith(`${name}[`)) continue;
    const [root, ...path] = fieldPath(field.name);
    if (root !== name) continue;
    object ??= {};
    insertField(object, path, decodeField(field.raw));
  }
  return object;
}

/** An exploded object has its properties as parameters of their own. */
function readSpreadObject(
  { open, properties }: PlannedParameter,
  fields: readonly QueryField[],
  plan: ParameterPlan,
): unknown {
  const mine = fields.filter(({ name }) => properties.includes(name) || (open && !isClaimed(name, plan)));
  if (mine.length === 0) return undefined;
  const object: Record<string, unknown> = {};
  for (const { name, raw } of mine) insertField(object, [name], decodeField(raw));
  return object;
}

function fromDecoded(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}

/** Whether some parameter of the operation declares a query name. */
export function isClaimed(name: string, { claimed, query }: ParameterPlan): boolean {
  if (claimed.has(name)) return true;
  return query.some(
    ({ parameter }) => parameter.style === 'deepObject' && name.startsWith(`${parameter.name}[`),
  );
}
