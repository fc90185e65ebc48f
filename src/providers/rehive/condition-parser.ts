import { ConditionError, type ConditionToken } from './condition-tokens.ts';
import {
  type ConditionValue,
  compare,
  conditionValueAt,
  contains,
  equals,
  isTrue,
  literalOf,
  textOfValue,
} from './condition-value.ts';

/** What a part of a condition is worth for an event's data; throws `EvaluationError` where Python would raise one. */
export type Evaluate = (data: unknown) => ConditionValue;
type Compare = (left: ConditionValue, right: ConditionValue) => boolean;

const comparisons: Readonly<Record<string, Compare>> = {
  '==': equals,
  '!=': (left, right) => !equals(left, right),
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  in: (left, right) => contains(right, left),
  'not in': (left, right) => !contains(right, left),
};
const constants: Readonly<Record<string, ConditionValue>> = { True: true, False: false, None: null };
const deepest = 50;

/**
 * Recursive descent by Python's precedence: or, and, not, comparison, value.
 *
 * @throws ConditionError from `whole()`, for tokens that make no expression
 */
export function createConditionParser(tokens: readonly ConditionToken[]): { whole(): Evaluate } {
  let at = 0;
  let depth = 0;

  function symbol(ahead = 0): string | undefined {
    const next = tokens[at + ahead];
    return next?.kind === 'symbol' ? next.symbol : undefined;
  }

  function take(wanted: string): boolean {
    if (symbol() !== wanted) return false;
    at += 1;
    return true;
  }

  function nested<T>(read: () => T): T {
    depth += 1;
    if (depth > deepest) throw new ConditionError('is nested too deeply');
    const result = read();
    depth -= 1;
    return result;
  }

  function whole(): Evaluate {
    const evaluate = either();
    if (at < tokens.length) throw new ConditionError('goes on where it should end');
    return evaluate;
  }

  function either(): Evaluate {
    const parts = [both()];
    while (take('or')) parts.push(both());
    return joined(parts, (value) => isTrue(value));
  }

  function both(): Evaluate {
    const parts = [negation()];
    while (take('and')) parts.push(negation());
    return joined(parts, (value) => !isTrue(value));
  }

  function negation(): Evaluate {
    if (!take('not')) return comparison();
    const evaluate = nested(negation);
    return (data) => !isTrue(evaluate(data));
  }

  /** `a < b <= c` holds where each neighbouring pair does. */
  function comparison(): Evaluate {
    const first = value();
    const links: { readonly holds: Compare; readonly operand: Evaluate }[] = [];
    for (let link = operator(); link; link = operator()) links.push({ holds: link, operand: value() });
    if (links.length === 0) return first;
    return (data) => {
      let left = first(data);
      for (const { holds, operand } of links) {
        const right = operand(data);
        if (!holds(left, right)) return false;
        left = right;
      }
      return true;
    };
  }

  function operator(): Compare | undefined {
    const name = symbol() === 'not' && symbol(1) === 'in' ? 'not in' : symbol();
    if (name === undefined || !Object.hasOwn(comparisons, name)) return undefined;
    at += name === 'not in' ? 2 : 1;
    return comparisons[name];
  }

  function value(): Evaluate {
    const token = tokens[at];
    at += 1;
    if (token?.kind === 'number') return () => token.value;
    if (token?.kind === 'path') return (data) => literalOf(conditionValueAt(data, token.path));
    if (token?.kind === 'text') {
      return (data) =>
        token.parts
          .map((part) => (typeof part === 'string' ? part : textOfValue(conditionValueAt(data, part))))
          .join('');
    }
    if (token?.symbol === '(') return nested(() => list(')'));
    if (token?.symbol === '[') return nested(() => list(']'));
    const constant = token && constants[token.symbol];
    if (constant !== undefined) return () => constant;
    throw new ConditionError(
      token ? `has ${token.symbol} where a value should be` : 'ends where a value should be',
    );
  }

  /** What stands in brackets: one value in parentheses is itself, all else is a list. */
  function list(end: string): Evaluate {
    const items: Evaluate[] = [];
    let commas = 0;
    while (!take(end)) {
      items.push(either());
      if (take(',')) commas += 1;
      else if (symbol() !== end) throw new ConditionError(`lacks a ${end}`);
    }
    const [only] = items;
    if (end === ')' && commas === 0 && only) return only;
    return (data) => items.map((item) => item(data));
  }

  return { whole };
}

/** The first value that settles the matter, else the last, as Python's `and` and `or` have it. */
function joined(parts: readonly Evaluate[], settles: (value: ConditionValue) => boolean): Evaluate {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return (data) => {
    let value: ConditionValue = null;
    for (const part of parts) {
      value = part(data);
      if (settles(value)) return value;
    }
    return value;
  };
}
