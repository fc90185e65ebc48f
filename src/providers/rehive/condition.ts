import { createConditionParser, type Evaluate } from './condition-parser.ts';
import { ConditionError, readTokens } from './condition-tokens.ts';
import { EvaluationError, isTrue } from './condition-value.ts';

/** Whether an event's `data` meets a condition. */
export type Condition = (data: unknown) => boolean;

const supported =
  '{{ dotted.path }}, quoted or not, texts, numbers, True, False, None, lists, ==, !=, <, <=, >, >=, in, not in, and, or, not and parentheses are supported';

const kept = new Map<string, Condition>();
const mostKept = 1000;

/**
 * Reads a webhook's condition: a template that is filled in with the event's data and then evaluated as Python, of which
 * this knows comparisons and their combinations. What Python would raise an error for does not hold.
 *
 * @throws ConditionError whose message says what is supported
 */
export function parseCondition(condition: string): Condition {
  const known = kept.get(condition);
  if (known) return known;
  const evaluate = parse(condition);
  if (kept.size >= mostKept) kept.clear();
  kept.set(condition, evaluate);
  return evaluate;
}

function parse(condition: string): Condition {
  try {
    const evaluate = createConditionParser(readTokens(condition)).whole();
    return (data) => holds(evaluate, data);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    throw new ConditionError(`The condition ${error.message}: ${supported}.`);
  }
}

function holds(evaluate: Evaluate, data: unknown): boolean {
  try {
    return isTrue(evaluate(data));
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}
