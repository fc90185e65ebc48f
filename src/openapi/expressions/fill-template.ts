import { isObject, type JsonObject, kindOf } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import { nearest } from '../../json/nearest.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import {
  checkExpression,
  type ExpressionContext,
  evaluateExpression,
  rootOfExpression,
} from './runtime-expression.ts';

type Fill = (context: ExpressionContext) => unknown;

/** One piece of a text: what stands for itself, or an expression. */
type Piece = { readonly text: string } | { readonly expression: string };

const operators: Readonly<Record<string, (parts: readonly unknown[]) => unknown>> = {
  $merge: mergeObjects,
  $add: addNumbers,
};

const keptObjects = new WeakMap<object, Fill>();
const keptTexts = new Map<string, Fill>();
const mostTexts = 2000;

/**
 * Fills a template in: JSON whose texts may be a runtime expression, which becomes its value of whatever JSON type, or hold
 * some as `{$…}`. Keys and items whose expressions have no value are left out, as are keys named `__proto__`.
 * `{ $merge: [a, b] }` joins objects, the later winning key by key; `{ $add: [a, b] }` adds numbers; both pass over parts of
 * other kinds, and have no value where none is left. A template object is read once and kept; it must not change.
 *
 * @returns undefined when the template as a whole has no value
 * @throws SparringError `document-invalid` for a malformed expression; `checkTemplate` finds such at load
 */
export function fillTemplate(template: unknown, context: ExpressionContext): unknown {
  return fillerOf(template)(context);
}

function fillerOf(template: unknown): Fill {
  if (typeof template === 'string') return fillerOfText(template);
  if (typeof template !== 'object' || template === null) return () => template;
  let fill = keptObjects.get(template);
  if (!fill) {
    fill = isConstant(template)
      ? () => template
      : Array.isArray(template)
        ? fillList(template)
        : fillObject(template);
    keptObjects.set(template, fill);
  }
  return fill;
}

function fillerOfText(text: string): Fill {
  if (!text.includes('$')) return () => text;
  let fill = keptTexts.get(text);
  if (!fill) {
    fill = readText(text);
    if (keptTexts.size >= mostTexts) keptTexts.clear();
    keptTexts.set(text, fill);
  }
  return fill;
}

function readText(text: string): Fill {
  if (isExpression(text)) return (context) => evaluateExpression(text, context);
  const pieces = piecesOf(text);
  if (pieces.every((piece) => 'text' in piece)) return () => text;
  return (context) => {
    let filled = '';
    for (const piece of pieces) {
      const value = 'text' in piece ? piece.text : evaluateExpression(piece.expression, context);
      if (value === undefined) return undefined;
      filled += typeof value === 'string' ? value : JSON.stringify(value);
    }
    return filled;
  };
}

/** A text that starts as an expression does must be one; `$5` stands for itself. */
function isExpression(text: string): boolean {
  return /^\$[A-Za-z]/.test(text);
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{(\$[A-Za-z][^}]*)\}/g)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ expression: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function expressionsOf(text: string): readonly string[] {
  if (isExpression(text)) return [text];
  return piecesOf(text).flatMap((piece) => ('expression' in piece ? [piece.expression] : []));
}

function isConstant(template: unknown): boolean {
  if (typeof template === 'string') return expressionsOf(template).length === 0;
  if (Array.isArray(template)) return template.every(isConstant);
  if (!isObject(template)) return true;
  return (
    operatorOf(template) === undefined &&
    !Object.hasOwn(template, '__proto__') &&
    Object.values(template).every(isConstant)
  );
}

function fillList(template: readonly unknown[]): Fill {
  const fills = template.map(fillerOf);
  return (context) => fills.map((fill) => fill(context)).filter((value) => value !== undefined);
}

function fillObject(template: object): Fill {
  if (!isObject(template)) return () => template;
  const operator = operatorOf(template);
  if (operator) {
    const fills = operator.parts.map(fillerOf);
    return (context) => operator.apply(fills.map((fill) => fill(context)));
  }
  const fills = Object.entries(template)
    .filter(([name]) => name !== '__proto__')
    .map(([name, part]) => [name, fillerOf(part)] as const);
  return (context) => {
    const filled: Record<string, unknown> = {};
    for (const [name, fill] of fills) {
      const value = fill(context);
      if (value !== undefined) filled[name] = value;
    }
    return filled;
  };
}

function operatorOf(
  template: JsonObject,
): { apply: (parts: readonly unknown[]) => unknown; parts: readonly unknown[] } | undefined {
  const [name = '', ...others] = Object.keys(template);
  const parts = template[name];
  if (others.length > 0 || !Object.hasOwn(operators, name) || !Array.isArray(parts)) return undefined;
  const apply = operators[name];
  return apply && { apply, parts };
}

function mergeObjects(parts: readonly unknown[]): unknown {
  const objects = parts.filter(isObject);
  if (objects.length === 0) return undefined;
  const merged: Record<string, unknown> = {};
  for (const part of objects) {
    for (const [name, value] of Object.entries(part)) if (name !== '__proto__') merged[name] = value;
  }
  return merged;
}

function addNumbers(parts: readonly unknown[]): unknown {
  const numbers = parts.filter((part) => typeof part === 'number');
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0);
}

/** What a template may speak of. */
export interface TemplateScope {
  /** The roots it may start an expression at, such as `$after`; absent: any. */
  readonly roots?: readonly string[] | undefined;
  /** The names behind `$setting.`; absent: any. */
  readonly settings?: readonly string[] | undefined;
}

/** What is wrong with a template that stands at a pointer of a document: malformed expressions, misused operators. */
export function* checkTemplate(
  template: unknown,
  pointer: string,
  scope: TemplateScope = {},
): Generator<DocumentProblem> {
  if (typeof template === 'string') {
    for (const expression of expressionsOf(template)) {
      const message = checkExpression(expression) ?? checkScope(expression, scope);
      if (message !== undefined) yield { pointer, message };
    }
    if (!isExpression(template) && /\{\$[A-Za-z][^}]*$/.test(template)) {
      yield { pointer, message: `expected "}" after an embedded expression in ${JSON.stringify(template)}` };
    }
  } else if (Array.isArray(template)) {
    for (const [index, part] of template.entries())
      yield* checkTemplate(part, pointerTo(pointer, index), scope);
  } else if (isObject(template)) {
    yield* checkOperator(template, pointer);
    for (const [name, part] of Object.entries(template))
      yield* checkTemplate(part, pointerTo(pointer, name), scope);
  }
}

function checkScope(expression: string, { roots, settings }: TemplateScope): string | undefined {
  const root = rootOfExpression(expression) ?? '';
  if (roots && !roots.includes(root)) return `${root} has no value here; there are ${roots.join(', ')}`;
  const name = expression.slice('$setting.'.length);
  if (root !== '$setting' || !settings || settings.includes(name)) return undefined;
  const guess = nearest(name, settings);
  return `there is no setting named "${name}"${guess === undefined ? '' : `; did you mean ${guess}?`}`;
}

function* checkOperator(template: JsonObject, pointer: string): Generator<DocumentProblem> {
  const names = Object.keys(template);
  for (const name of names.filter((key) => key.startsWith('$'))) {
    const at = pointerTo(pointer, name);
    if (!Object.hasOwn(operators, name)) {
      if (names.length === 1)
        yield {
          pointer: at,
          message: `there is no ${name}; known are ${Object.keys(operators).join(' and ')}`,
        };
    } else if (names.length > 1) {
      yield { pointer: at, message: `expected ${name} to stand alone in its object` };
    } else yield* checkOperands(name, template[name], at);
  }
}

function* checkOperands(name: string, parts: unknown, pointer: string): Generator<DocumentProblem> {
  if (!Array.isArray(parts)) {
    yield { pointer, message: `expected a list after ${name}, found ${kindOf(parts)}` };
    return;
  }
  for (const [index, part] of parts.entries()) {
    const isFit = name === '$add' ? typeof part === 'number' : isObject(part);
    const isComputed =
      (typeof part === 'string' && isExpression(part)) || (isObject(part) && operatorOf(part));
    const wanted = name === '$add' ? 'a number' : 'an object';
    if (isFit || isComputed) continue;
    yield {
      pointer: pointerTo(pointer, index),
      message: `expected ${wanted} or an expression, found ${kindOf(part)}`,
    };
  }
}
