import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollections } from '../../../openapi/infer/api-collections.ts';
import { isSafe } from '../requests/is-safe.ts';
import {
  outsideNouns,
  outsideVerbs,
  processNouns,
  processWords,
  processWordsOfReading,
  subscriptionNouns,
  weakProcessWords,
} from './dangerous-words.ts';
import { saidToBeProcess, saidToReachOut } from './said-to-reach-out.ts';

/** Why a request is not one to send to a server that somebody needs. */
export interface Danger {
  /**
   * `whole`: a write that is about no single record; `process`: one that is named for what it does to all or to the server;
   * `outside`: one that reaches people, money or the outside.
   */
  readonly kind: 'whole' | 'process' | 'outside';
  /** A clause, such as `its path is named for a process (shutdown)`. */
  readonly why: string;
}

/**
 * Which requests are dangerous, and why; undefined where nothing says that one is. It is judged by the method, the shape of the
 * path, names, descriptions and what the answers are said to be, and rather too much is taken for dangerous than too little.
 * A write about a record is not judged here by what it does to it: whether the run made that record is known in the run alone.
 *
 * @param method the one that is sent, upper-case; another one than the operation's where that is tried
 */
export function dangerOf(
  collections: ApiCollections,
  operation: Operation,
  method: string = operation.method.toUpperCase(),
): Danger | undefined {
  const names = namesOf(operation);
  if (isSafe(method)) return method === 'GET' || method === 'HEAD' ? dangerOfReading(names) : undefined;
  const role = collections.roleOf(operation)?.role;
  if (operation.extension.action === 'token' || role === 'delete') return undefined;
  const isOneRecord = collections.recordOf(operation) !== undefined;
  return (
    dangerOutside(operation, names, role) ??
    (isOneRecord ? undefined : dangerOfWhole(operation, names, method, role))
  );
}

/** The words that an operation is named with. */
interface Names {
  /** Of the last part of the path that is no parameter. */
  readonly last: readonly string[];
  /** Of all parts that are none. */
  readonly path: readonly string[];
  /** Of its operationId, in their order. */
  readonly id: readonly string[];
  /** Whether the path ends in a parameter. */
  readonly isItem: boolean;
}

function namesOf({ definition, path }: Operation): Names {
  const segments = path.split(/[/:]/).filter((segment) => segment !== '');
  const literal = segments
    .map((segment) => segment.replaceAll(/\{[^{}]*\}/g, ''))
    .filter((part) => part !== '');
  return {
    last: wordsIn(literal.at(-1) ?? ''),
    path: literal.flatMap(wordsIn),
    id: wordsIn(definition.operationId ?? ''),
    isItem: segments.at(-1)?.endsWith('}') === true,
  };
}

/** `bulkImport_users` is bulk, import, users. */
function wordsIn(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

function wordOf(words: readonly string[], known: ReadonlySet<string>): string | undefined {
  return words.find((word) => known.has(word) || known.has(word.replace(/s$/, '')));
}

function dangerOfReading({ id, isItem, last }: Names): Danger | undefined {
  const word =
    (isItem ? undefined : wordOf(last, processWordsOfReading)) ??
    wordOf(id.slice(0, 1), processWordsOfReading);
  return word === undefined ? undefined : process(`it is named for a process (${word})`);
}

function process(why: string): Danger {
  return { kind: 'process', why };
}

function dangerOutside(operation: Operation, names: Names, role: string | undefined): Danger | undefined {
  const isSubscription = wordOf(names.last.slice(-1), subscriptionNouns) !== undefined;
  const told = isSubscription ? undefined : saidToReachOut(saidOf(operation));
  const word = outsideWordOf(operation, names, role);
  if (word !== undefined)
    return { kind: 'outside', why: `its name says that it reaches people, money or the outside (${word})` };
  return told === undefined
    ? undefined
    : { kind: 'outside', why: `it is said to reach people, money or the outside (${shortened(told)})` };
}

/** Verbs count where they name the deed, nouns where each new one is a deed. */
function outsideWordOf(
  { method }: Operation,
  { id, isItem, last, path }: Names,
  role: string | undefined,
): string | undefined {
  const [verb = '', ...rest] = id;
  // `post` and `page` are how APIs speak of making and showing things.
  const isVerb = outsideVerbs.has(verb) && !/^(?:post|page|text|share|alert|credit)$/.test(verb);
  if (isVerb) return verb;
  const isTestOfWebhook = last.includes('test') && wordOf(path, subscriptionNouns) !== undefined;
  if (isTestOfWebhook) return 'test';
  const isKept = role === 'update';
  if (!isItem && role === undefined && !/^(?:post|page)$/.test(last.join(''))) {
    const deed = last.find((word) => outsideVerbs.has(word));
    if (deed !== undefined) return deed;
  }
  if (isKept || isItem || method === 'delete') return undefined;
  return wordOf(last.slice(-1), outsideNouns) ?? wordOf(rest.slice(-1), outsideNouns);
}

function dangerOfWhole(
  operation: Operation,
  names: Names,
  method: string,
  role: string | undefined,
): Danger | undefined {
  const word = method === 'POST' ? processWordOf(names, role) : undefined;
  if (word !== undefined)
    return process(`it is named for a process (${word}), and is about no single record`);
  if (method !== 'POST')
    return {
      kind: 'whole',
      why: `${method} on ${operation.path} is about no single record: it would change what was there before`,
    };
  const told = saidToBeProcess(saidOf(operation));
  return told === undefined ? undefined : process(`it is said to be a process (${shortened(told)})`);
}

function processWordOf({ id, last }: Names, role: string | undefined): string | undefined {
  const isStrong = (word: string) => processWords.has(word) && !weakProcessWords.has(word);
  const named = role === undefined ? wordOf(last, processWords) : undefined;
  return named ?? wordOf(last, processNouns) ?? [...last, ...id].find(isStrong);
}

/** Its summary, its description, and what its successes are said to be. */
function saidOf({ definition }: Operation): readonly string[] {
  const answers = Object.entries(definition.responses ?? {}).flatMap(([status, answer]) =>
    /^2/.test(status) && 'description' in answer ? [answer.description] : [],
  );
  return [definition.summary, definition.description, ...answers].filter((text) => typeof text === 'string');
}

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').replace(/[.!?;]+$/, '');
  return plain.length > 100 ? `“${plain.slice(0, 99)}…”` : `“${plain}”`;
}
