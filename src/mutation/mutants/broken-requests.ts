import type { Violation } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import { withValueAt } from '../../json/with-value-at.ts';
import type { Operation, Parameter } from '../../openapi/document/document.ts';
import { isJsonType, parseMediaType } from '../../openapi/document/media-type.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import { parseAnswer } from './json-answers.ts';
import type { MutationSubject } from './mutant.ts';
import { belowMount, type Script, type WitnessRequest, withJson } from './script.ts';
import { partsOf, type ValuePart } from './value-parts.ts';

/** A request that breaks one rule in one place, as the healthy mock sees it. */
export interface BrokenWitness {
  readonly request: WitnessRequest;
  readonly location: string;
  /** The JSON Schema keyword. */
  readonly code: string;
}

const kept = new WeakMap<Script, readonly BrokenWitness[]>();

/** Requests like a script's last one that break one rule each: for every rule of every part of it one at most. */
export function brokenRequests(
  { api }: Pick<MutationSubject, 'api'>,
  script: Script,
): readonly BrokenWitness[] {
  let found = kept.get(script);
  if (!found) {
    found = [...brokenParameters(api, script), ...brokenBodies(api, script)];
    kept.set(script, found);
  }
  return found;
}

function brokenBodies(api: ServedApi, script: Script): readonly BrokenWitness[] {
  const { operation, request } = script;
  const mediaType = parseMediaType(request.headers['content-type'] ?? '')?.essence ?? '';
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => name === mediaType)?.schema;
  if (schema === undefined || request.body === undefined || !isJsonType(mediaType)) return [];
  const whole = parseAnswer(request.body);
  return partsOf({ ...api, direction: 'request' }, schema, whole).flatMap((part) =>
    brokenParts(part).flatMap(
      (value) => onlyBroken(api, operation, withJson(request, withValueAt(whole, part.keys, value))) ?? [],
    ),
  );
}

function brokenParameters(api: ServedApi, { operation, request }: Script): readonly BrokenWitness[] {
  return operation.parameters.flatMap((parameter) =>
    textsFor(parameter).flatMap(
      (text) => onlyBroken(api, operation, withParameter(operation, request, parameter, text)) ?? [],
    ),
  );
}

/** What breaks a request, when it is one rule in one place. */
function onlyBroken(
  api: ServedApi,
  operation: Operation,
  request: WitnessRequest,
): BrokenWitness | undefined {
  const violations = violationsOf(api, operation, request);
  const [first] = violations;
  if (!first) return undefined;
  const { code, location } = violations.find((each) => alternatives.includes(each.code)) ?? first;
  // What none of several alternatives allows breaks each of them as well.
  const isPart = (each: Violation) =>
    each.location === location && (each.code === code || alternatives.includes(code));
  return violations.every(isPart) ? { request, location, code } : undefined;
}

const alternatives = ['oneOf', 'anyOf'];

/** What a request breaks, as the mock validates it; nothing where it is another operation's, or cannot be read. */
function violationsOf(api: ServedApi, operation: Operation, request: WitnessRequest): readonly Violation[] {
  const { path, query } = belowMount(api.name, request);
  try {
    const found = api.router.find(request.method, path);
    if (!found || !('operation' in found) || found.operation !== operation) return [];
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const input = api.planOf(operation).request.validate(found.params, query, request.headers, body);
    return input instanceof Promise ? [] : input.violations;
  } catch {
    return [];
  }
}

const bound = ({ merged }: Pick<ValuePart, 'merged'>, name: string) =>
  merged.nodes.map((node) => node[name]).find((value) => typeof value === 'number');

/** Values that could each break a rule of a part; the first is none at all. */
function brokenParts(part: ValuePart): readonly unknown[] {
  const { keys, merged, value } = part;
  const above = ['maximum', 'exclusiveMaximum'].map((name) => bound(part, name));
  const below = ['minimum', 'exclusiveMinimum'].map((name) => bound(part, name));
  const longest = bound(part, 'maxLength');
  const step = bound(part, 'multipleOf');
  const items = Array.isArray(value) ? value : [];
  return [
    ...(part.isRequired && keys.length > 0 && value !== undefined ? [undefined] : []),
    ...[null, 7.25, true, 'x y', '', [], { sparring: 1 }],
    ...(merged.nodes.some(({ format }) => format !== undefined) ? ['2026-99-99', 'http//:a b'] : []),
    ...(merged.nodes.some(({ pattern }) => pattern !== undefined) ? ['\u00b6\u00b6\u00b6'] : []),
    ...above.flatMap((most) => (typeof most === 'number' ? [most + 1, most + 1000] : [])),
    ...below.flatMap((least) => (typeof least === 'number' ? [least - 1, least - 1000] : [])),
    ...(typeof longest === 'number' && longest < 20_000 ? ['q'.repeat(longest + 1)] : []),
    ...(typeof step === 'number' ? [step * 1.5] : []),
    ...(items.length > 0 ? [[...items, ...items], Array.from({ length: 300 }, () => items[0])] : []),
    ...(isObject(value) ? [{ ...value, sparring_extra: 'x' }] : []),
  ];
}

/** Texts that could break a parameter; undefined leaves it out. */
function textsFor({ in: place, required }: Parameter): readonly (string | undefined)[] {
  if (place === 'cookie') return [];
  const texts = ['x y', '-1', '0', '1.5', '999999999', 'q'.repeat(300), '2026-99-99'];
  return place === 'path' ? texts : [...(required ? [undefined] : []), ...texts, ''];
}

function withParameter(
  operation: Operation,
  request: WitnessRequest,
  { in: place, name }: Parameter,
  text: string | undefined,
): WitnessRequest {
  if (place === 'header') {
    const { [name.toLowerCase()]: _, ...headers } = request.headers;
    return { ...request, headers: text === undefined ? headers : { ...headers, [name.toLowerCase()]: text } };
  }
  const [path = '', query = ''] = request.path.split('?', 2);
  if (place === 'query') {
    const pairs = new URLSearchParams(query);
    pairs.delete(name);
    if (text !== undefined) pairs.append(name, text);
    return { ...request, path: pairs.size === 0 ? path : `${path}?${pairs}` };
  }
  // Templates are matched from their end, since the mount comes before.
  const template = operation.path.split('/').reverse();
  const parts = path.split('/').reverse();
  const changed = parts.map((part, index) =>
    template[index] === `{${name}}` ? encodeURIComponent(text ?? '') : part,
  );
  return { ...request, path: [changed.reverse().join('/'), query].filter((one) => one !== '').join('?') };
}
