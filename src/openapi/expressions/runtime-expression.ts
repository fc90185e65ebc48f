import { toDateTime } from '../../clock.ts';
import { SparringError } from '../../errors.ts';
import { childOf } from '../../json/json-pointer.ts';
import { nearest } from '../../json/nearest.ts';

/** A request or answer as expressions see it. */
export interface ExpressionMessage {
  /** By name, in any case. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  /** As a JSON value. */
  readonly body?: unknown;
}

/** What an expression can take values from; what is absent has no values. Times are in milliseconds since the Unix epoch. */
export interface ExpressionContext {
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly request?: ExpressionMessage | undefined;
  readonly response?: ExpressionMessage | undefined;
  /** The record as it was; null for a new one. */
  readonly before?: unknown;
  /** The record as it is; null for a deleted one. */
  readonly after?: unknown;
  readonly subscription?: unknown;
  readonly event?: { readonly id: string | null; readonly name: string; readonly at: number } | undefined;
  readonly delivery?: ExpressionDelivery | undefined;
  readonly attempt?: ExpressionAttempt | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** The namespace's clock. */
  readonly now?: number | undefined;
}

export interface ExpressionDelivery {
  readonly id: string;
  readonly number: number;
  readonly event: string;
  readonly url: string;
  /** Absent while it is being made. */
  readonly body?: string | undefined;
  readonly attempts: number;
  readonly state: string;
  readonly createdAt: number;
}

export interface ExpressionAttempt {
  readonly number: number;
  readonly at: number;
  readonly succeeded: boolean;
  /** Null where no answer arrived. */
  readonly statusCode?: number | null | undefined;
  readonly responseText?: string | null | undefined;
  /** Null where an answer arrived. */
  readonly error?: string | null | undefined;
}

type Evaluate = (context: ExpressionContext) => unknown;

/** An expression that was read: how to evaluate it, and the root it starts at, such as `$after`. */
interface ParsedExpression {
  readonly root: string;
  readonly evaluate: Evaluate;
}

interface Malformed {
  readonly message: string;
}

const fields: Readonly<Record<string, readonly string[]>> = {
  $event: ['id', 'name', 'at'],
  $delivery: ['id', 'number', 'event', 'url', 'body', 'attempts', 'state', 'createdAt'],
  $attempt: ['number', 'at', 'succeeded', 'statusCode', 'responseText', 'error'],
  $now: ['milliseconds', 'seconds', 'date-time'],
};

/** Roots that hold JSON, of which a pointer may take a part. */
const valueRoots: Readonly<Record<string, Evaluate>> = {
  $before: ({ before }) => before,
  $after: ({ after }) => after,
  $subscription: ({ subscription }) => subscription,
};

/** Roots without anything below them. */
const plainRoots: Readonly<Record<string, Evaluate>> = {
  $url: ({ url }) => url,
  $method: ({ method }) => method,
  $statusCode: ({ statusCode }) => statusCode,
};

const roots = [
  ...Object.keys(valueRoots),
  ...Object.keys(fields),
  '$setting',
  ...Object.keys(plainRoots),
  '$request',
  '$response',
];

/** Expressions repeat from event to event; as many of them are kept as documents hold in earnest. */
const kept = new Map<string, ParsedExpression | Malformed>();
const mostKept = 2000;

/**
 * The value of a runtime expression (OpenAPI 3.1, section 4.8.20.3), such as `$request.body#/url`, or of one of Sparring's
 * own, such as `$after#/id`. Undefined where there is no value. An expression is parsed once and kept.
 *
 * @throws SparringError `document-invalid` for what is no expression; `checkExpression` finds such at load
 */
export function evaluateExpression(expression: string, context: ExpressionContext): unknown {
  const parsed = parseExpression(expression);
  if ('message' in parsed) throw new SparringError('document-invalid', `${parsed.message}.`);
  return parsed.evaluate(context);
}

/** What is wrong with an expression, as a clause without a full stop; undefined when nothing is. */
export function checkExpression(expression: string): string | undefined {
  const parsed = parseExpression(expression);
  return 'message' in parsed ? parsed.message : undefined;
}

/** The root of a well-formed expression, such as `$after` of `$after#/id`. */
export function rootOfExpression(expression: string): string | undefined {
  const parsed = parseExpression(expression);
  return 'message' in parsed ? undefined : parsed.root;
}

function parseExpression(expression: string): ParsedExpression | Malformed {
  const known = kept.get(expression);
  if (known) return known;
  const parsed = parse(expression);
  if (kept.size >= mostKept) kept.clear();
  kept.set(expression, parsed);
  return parsed;
}

function parse(expression: string): ParsedExpression | Malformed {
  const [, root = '', rest = ''] = /^(\$[A-Za-z]+)(.*)$/s.exec(expression) ?? [];
  const evaluate = read(root, rest);
  if (typeof evaluate === 'function') return { root, evaluate };
  return { message: `${JSON.stringify(expression)} is no runtime expression: ${evaluate}` };
}

/** How to evaluate an expression, or what was expected instead. */
function read(root: string, rest: string): Evaluate | string {
  const plain = own(plainRoots, root);
  if (plain) return rest === '' ? plain : `nothing can follow ${root}`;
  const value = own(valueRoots, root);
  if (value) return readPart(root, rest, value);
  const names = own(fields, root);
  if (names) return readField(root, rest, names);
  if (root === '$setting') {
    const name = rest.slice(1);
    if (!rest.startsWith('.') || name === '') return 'expected $setting.<name>';
    return ({ settings }) => childOf(settings, name);
  }
  if (root === '$request') return readMessage(root, rest, ({ request }) => request);
  if (root === '$response') return readMessage(root, rest, ({ response }) => response);
  const guess = nearest(root, roots);
  return `expected ${guess === undefined ? `one of ${roots.join(', ')}` : `${guess}, found ${root || 'none'}`}`;
}

/** The whole value, or the part that a JSON pointer behind `#` leads to. */
function readPart(root: string, rest: string, whole: Evaluate): Evaluate | string {
  if (rest === '' || rest === '#') return whole;
  const keys = readPointer(rest.slice(1));
  if (!rest.startsWith('#') || !keys) return `expected ${root}#/<JSON pointer>`;
  return (context) => partAt(whole(context), keys);
}

function readField(root: string, rest: string, names: readonly string[]): Evaluate | string {
  const name = rest.slice(1);
  if (!rest.startsWith('.') || !names.includes(name)) {
    const guess = nearest(name, names);
    return `expected ${guess === undefined ? `${root}.${names.join(`, ${root}.`)}` : `${root}.${guess}`}`;
  }
  if (root === '$now') return ({ now }) => (now === undefined ? undefined : timeAs(now, name));
  if (root === '$event') return ({ event }) => childOf(event, name);
  if (root === '$delivery') return ({ delivery }) => childOf(delivery, name);
  const isNullable = name === 'statusCode' || name === 'error';
  return ({ attempt }) => {
    const value = childOf(attempt, name);
    return value === undefined && isNullable && attempt !== undefined ? null : value;
  };
}

function timeAs(milliseconds: number, unit: string): unknown {
  if (unit === 'milliseconds') return milliseconds;
  return unit === 'seconds' ? Math.floor(milliseconds / 1000) : toDateTime(milliseconds);
}

type Message = (context: ExpressionContext) => ExpressionMessage | undefined;

const sources = 'header.<name>, .query.<name>, .path.<name> or .body';

function readMessage(root: string, rest: string, message: Message): Evaluate | string {
  if (/^\.body(?:#|$)/.test(rest)) {
    return readPart(`${root}.body`, rest.slice('.body'.length), (context) => message(context)?.body);
  }
  const [, source = '', name = ''] = /^\.(header|query|path)\.(.+)$/s.exec(rest) ?? [];
  if (source === '') return `expected ${root}.${sources}`;
  if (source === 'query') return (context) => childOf(message(context)?.query, name);
  if (source === 'path') return (context) => childOf(message(context)?.path, name);
  // A header's name is a token (RFC 9110, section 5.6.2).
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return `${JSON.stringify(name)} is no header name`;
  const wanted = name.toLowerCase();
  return (context) => headerOf(message(context)?.headers ?? {}, wanted);
}

function headerOf(headers: NonNullable<ExpressionMessage['headers']>, wanted: string): unknown {
  const name = Object.hasOwn(headers, wanted)
    ? wanted
    : Object.keys(headers).find((key) => key.toLowerCase() === wanted);
  const value = name === undefined ? undefined : headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The keys of a JSON pointer (RFC 6901); undefined for what is none. */
function readPointer(pointer: string): readonly string[] | undefined {
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function partAt(whole: unknown, keys: readonly string[]): unknown {
  let part = whole;
  for (const key of keys) {
    if (Array.isArray(part) && !/^(?:0|[1-9]\d*)$/.test(key)) return undefined;
    part = childOf(part, key);
  }
  return part;
}

function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
