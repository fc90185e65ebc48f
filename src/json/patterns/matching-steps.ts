import { areDisjoint, type CharacterSet } from './character-set.ts';
import type { PatternNode } from './pattern-node.ts';

/** At most how many steps an engine that goes back takes for a part from one place, and in how many ways it can come out. */
interface Bound {
  readonly steps: number;
  readonly ways: number;
}

const single: Bound = { steps: 1, ways: 1 };

/**
 * An upper bound of the steps in which an engine that tries one way after the other finds out whether a text of a length
 * matches. It is far above what most texts take, and never below: what it calls few is safe.
 */
export function matchingSteps(pattern: PatternNode, length: number): number {
  const { steps } = boundOf(pattern, length);
  return isAnchored(pattern) ? steps : steps * (length + 1);
}

function boundOf(node: PatternNode, length: number): Bound {
  switch (node.type) {
    case 'characters':
    case 'edge':
      return single;
    case 'reference':
      return { steps: length + 1, ways: 1 };
    case 'look':
      // What was found by looking is not tried in another way.
      return { steps: boundOf(node.part, length).steps + 1, ways: 1 };
    case 'choice': {
      const bounds = node.options.map((option) => boundOf(option, length));
      return {
        steps: 1 + bounds.reduce((sum, { steps }) => sum + steps, 0),
        ways: bounds.reduce((sum, { ways }) => sum + ways, 0),
      };
    }
    case 'sequence':
      return sequenceBound(node.parts, length);
    case 'repeat':
      return repeatBound(node, length);
  }
}

function sequenceBound(parts: readonly PatternNode[], length: number): Bound {
  let steps = 1;
  let ways = 1;
  parts.forEach((part, index) => {
    const bound = boundOf(part, length);
    steps += ways * bound.steps;
    // What can end in one place only, since nothing else can follow there, goes on in one way.
    if (endsInOnePlace(part, parts.slice(index + 1))) steps += ways * bound.ways;
    else ways *= bound.ways;
  });
  return { steps, ways };
}

/** Whether a run of characters is followed by one that it cannot have, or by the end of the text. */
function endsInOnePlace(part: PatternNode, rest: readonly PatternNode[]): boolean {
  if (part.type !== 'repeat' || part.part.type !== 'characters') return false;
  for (const next of rest) {
    if (next.type === 'edge') return next.sign === '$';
    const isOptional = next.type === 'repeat' && next.min === 0;
    const first = firstOf(isOptional ? next.part : next);
    if (!first || !areDisjoint(part.part.set, first)) return false;
    if (!isOptional) return true;
  }
  return false;
}

function repeatBound(node: Extract<PatternNode, { type: 'repeat' }>, length: number): Bound {
  const { max, min, part } = node;
  const shortest = Math.max(1, shortestOf(part));
  const turns = Math.min(max, Math.max(min, Math.floor(length / shortest)));
  const bound = boundOf(part, length);
  if (bound.ways <= 1) return { steps: 1 + turns * bound.steps, ways: Math.max(1, turns - min + 1) };
  if (isSeparated(part)) return { steps: sizeOf(part) * (2 * length + 2), ways: length + 1 };
  let steps = 1;
  let ways = 0;
  let tried = 1;
  for (let turn = 0; turn <= turns; turn += 1) {
    if (turn >= min) ways += tried;
    if (turn < turns) steps += tried * bound.steps;
    tried *= bound.ways;
    if (steps > Number.MAX_SAFE_INTEGER || ways > Number.MAX_SAFE_INTEGER)
      return { steps: Infinity, ways: Infinity };
  }
  return { steps, ways };
}

/** Whether what repeats begins with a character that its last run cannot have, as `(-[a-z]+)*`: a text comes apart in one way. */
function isSeparated(part: PatternNode): boolean {
  if (part.type !== 'sequence') return false;
  const [first] = part.parts;
  const rest = part.parts.slice(1, -1);
  const last = part.parts.at(-1);
  const isFixed = (one: PatternNode | undefined) => one?.type === 'characters';
  if (first?.type !== 'characters' || !rest.every(isFixed) || last?.type !== 'repeat') return false;
  return last.part.type === 'characters' && areDisjoint(first.set, last.part.set);
}

/** The characters that a part begins with; undefined where it may be empty, or is not looked into. */
function firstOf(node: PatternNode): CharacterSet | undefined {
  if (node.type === 'characters') return node.set;
  if (node.type === 'repeat') return node.min > 0 ? firstOf(node.part) : undefined;
  const [first] = node.type === 'sequence' ? node.parts : [];
  return first && firstOf(first);
}

function isAnchored(node: PatternNode): boolean {
  if (node.type === 'edge') return node.sign === '^';
  if (node.type === 'choice') return node.options.every(isAnchored);
  const [first] = node.type === 'sequence' ? node.parts : [];
  return first !== undefined && isAnchored(first);
}

function shortestOf(node: PatternNode): number {
  switch (node.type) {
    case 'characters':
      return 1;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + shortestOf(part), 0);
    case 'choice':
      return Math.min(...node.options.map(shortestOf));
    case 'repeat':
      return node.min * shortestOf(node.part);
    default:
      return 0;
  }
}

/** Parts of a pattern with its counts written out: what an engine that goes all ways at once may have to look at for each character. */
export function expandedSize(node: PatternNode): number {
  switch (node.type) {
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + expandedSize(part), 1);
    case 'choice':
      return node.options.reduce((sum, option) => sum + expandedSize(option), 1);
    case 'repeat': {
      const turns = node.max === Number.POSITIVE_INFINITY ? Math.max(1, node.min) : node.max;
      return 1 + turns * expandedSize(node.part);
    }
    default:
      return 1;
  }
}

function sizeOf(node: PatternNode): number {
  if (node.type === 'sequence') return node.parts.reduce((sum, part) => sum + sizeOf(part), 1);
  if (node.type === 'choice') return node.options.reduce((sum, option) => sum + sizeOf(option), 1);
  return node.type === 'repeat' || node.type === 'look' ? 1 + sizeOf(node.part) : 1;
}
