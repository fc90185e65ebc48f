/** One piece of a text in quotes: what stands for itself, or a path into the data. */
export type TextPart = string | readonly string[];

export type ConditionToken =
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'number'; readonly value: number }
  /** An operator, bracket, comma or word. */
  | { readonly kind: 'symbol'; readonly symbol: string };

/** Why a condition cannot be read, in words that follow "The condition". */
export class ConditionError extends Error {}

const token =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<template>\{\{[^{}]*\}\})|(?<number>-?\d+(?:\.\d+)?)|(?<symbol>==|!=|<=|>=|[<>()[\],]|[A-Za-z_]+))/suy;
const words: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'True', 'False', 'None']);

/**
 * The tokens of a condition.
 *
 * @throws ConditionError for what is no part of the language
 */
export function readTokens(condition: string): readonly ConditionToken[] {
  const tokens: ConditionToken[] = [];
  const source = condition.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const { groups } = token.exec(source) ?? {};
    if (!groups) throw new ConditionError(`cannot be read from ${JSON.stringify(source.slice(at, at + 20))}`);
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

function tokenOf({
  number,
  symbol = '',
  template,
  text,
}: Record<string, string | undefined>): ConditionToken {
  if (text !== undefined) return { kind: 'text', parts: partsOf(text.slice(1, -1)) };
  if (template !== undefined) return { kind: 'path', path: pathIn(template) };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (/^[A-Za-z_]/.test(symbol) && !words.has(symbol)) {
    throw new ConditionError(
      `uses ${symbol}, which is neither a value nor an operator; text stands in quotes`,
    );
  }
  return { kind: 'symbol', symbol };
}

function partsOf(text: string): readonly TextPart[] {
  if (/\{%|\{#/.test(text)) throw new ConditionError('uses a template tag; only {{ path }} is filled in');
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{{') ? pathIn(part) : part.replaceAll(/\\(['"\\])/g, '$1')));
}

function pathIn(template: string): readonly string[] {
  const path = template.slice(2, -2).trim();
  if (/^\w+(?:\.\w+)*$/.test(path)) return path.split('.');
  throw new ConditionError(
    `has ${JSON.stringify(template)}, which is no dotted path; filters are not supported`,
  );
}
