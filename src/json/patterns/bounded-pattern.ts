import { createRequire } from 'node:module';
import { linearSource } from './linear-source.ts';
import { expandedSize, matchingSteps } from './matching-steps.ts';
import type { PatternNode } from './pattern-node.ts';
import { readPattern } from './read-pattern.ts';

/** A pattern of a document, in a form that takes time in proportion to the text. */
export interface BoundedPattern {
  /** Whether it matches; undefined for a text that cannot be judged in a time in proportion to it. */
  match(text: string): boolean | undefined;
  /** The same, where what cannot be judged passes. */
  test(text: string): boolean;
  /** The pattern: compilers of schemas tell patterns apart by it. */
  toString(): string;
  /** Why some texts are not judged; undefined where all are. */
  readonly unjudged: string | undefined;
}

interface Linear {
  /** What a character of a text may cost. */
  readonly size: number;
  test(text: string): boolean;
}

/** Steps that a text may take a character, and at least. */
const stepsEach = 20;
const leastSteps = 200;

/** What the linear engine may look at, of one text and of all texts in a value: about as much as it does in 50 ms at worst. */
const mostLooked = 5_000_000;
let left = mostLooked;
let isShared = false;

/** Runs what matches many texts that came together, such as the fields of one body: they share what a single one may take. */
export function sharingTime<T>(run: () => T): T {
  if (isShared) return run();
  isShared = true;
  try {
    return run();
  } finally {
    isShared = false;
    left = mostLooked;
  }
}

/** Patterns that are kept, by their text. */
const mostKept = 5000;
const kept = new Map<string, BoundedPattern>();

/**
 * A pattern as JSON Schema has it, whatever texts it is asked about. The engine of JavaScript answers where it provably needs
 * few steps; else one that never goes back does (see docs/decisions/015), in so much time as the text is long. What neither
 * can, such as looking around in a long text, is not judged.
 *
 * @throws SyntaxError for what is no regular expression
 */
export function boundedPattern(pattern: string): BoundedPattern {
  const known = kept.get(pattern);
  if (known) return known;
  const bounded = createBoundedPattern(pattern);
  if (kept.size >= mostKept) kept.clear();
  kept.set(pattern, bounded);
  return bounded;
}

function createBoundedPattern(pattern: string): BoundedPattern {
  // Unicode classes are no classes without the flag; with it, much that documents have is an error.
  const unicode = /\\[pPu]\{/.test(pattern) && isValid(pattern);
  const native = new RegExp(pattern, unicode ? 'u' : '');
  const node = readPattern(pattern, unicode);
  let linear: Linear | false | undefined;
  const few = fewStepsOf(node);
  function match(text: string): boolean | undefined {
    if (few(text.length)) return native.test(text);
    linear ??= node ? linearEngine(node) : false;
    if (linear === false) return undefined;
    const cost = linear.size * (text.length + 1);
    if (cost > left) return undefined;
    if (isShared) left -= cost;
    return linear.test(text);
  }
  return {
    match,
    test: (text) => match(text) ?? true,
    toString: () => String(native),
    get unjudged() {
      if (few(mostAsked)) return undefined;
      linear ??= node ? linearEngine(node) : false;
      if (linear !== false) return undefined;
      return 'it looks around, refers back or counts in a way that takes too long on some texts';
    },
  };
}

/** Texts of more characters are rarely what a document means by a pattern. */
const mostAsked = 1000;

function isValid(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Whether texts of a length take few steps; asked for powers of two, and remembered. */
function fewStepsOf(node: PatternNode | undefined): (length: number) => boolean {
  const few: (boolean | undefined)[] = [];
  return (length) => {
    if (!node) return false;
    const exponent = 32 - Math.clz32(length);
    const longest = 2 ** exponent;
    few[exponent] ??= matchingSteps(node, longest) <= stepsEach * longest + leastSteps;
    return few[exponent];
  };
}

/** Loaded with the first pattern that needs it. */
function linearEngine(node: PatternNode): Linear | false {
  const source = linearSource(node);
  if (source === undefined) return false;
  const { RE2JS }: typeof import('re2js') = createRequire(import.meta.url)('re2js');
  try {
    const engine = RE2JS.compile(source);
    return { size: expandedSize(node), test: (text) => engine.test(text) };
  } catch {
    return false;
  }
}
