import type { CharacterSet } from './character-set.ts';
import type { PatternNode } from './pattern-node.ts';

/** A pattern in the syntax of RE2, with what `\s`, `.` and the like mean in ECMAScript; undefined where RE2 has no such thing. */
export function linearSource(node: PatternNode): string | undefined {
  switch (node.type) {
    case 'characters':
      return sourceOf(node.set);
    case 'edge':
      return node.sign;
    case 'sequence':
      return joined(node.parts, '');
    case 'choice': {
      const options = joined(node.options, '|');
      return options === undefined ? undefined : `(?:${options})`;
    }
    case 'repeat': {
      const part = linearSource(node.part);
      return part === undefined ? undefined : `(?:${part})${countOf(node.min, node.max)}`;
    }
    default:
      return undefined;
  }
}

function joined(nodes: readonly PatternNode[], between: string): string | undefined {
  const sources = nodes.map(linearSource);
  return sources.includes(undefined) ? undefined : sources.join(between);
}

function countOf(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function sourceOf({ classes, ranges }: CharacterSet): string {
  if (ranges.length === 0 && classes.length === 0) return '[^\\x00-\\x{10FFFF}]';
  const hex = (code: number) => `\\x{${code.toString(16)}}`;
  return `[${ranges.map(([first, last]) => `${hex(first)}-${hex(last)}`).join('')}${classes.join('')}]`;
}
