import type { Parameter } from '../document/document.ts';
import type { JsonType } from '../schema/schema-shape.ts';

/** What a parameter's text is to be split into. */
export type ParameterKind = 'single' | 'list' | 'object';

/** A parameter is split where its schema allows a list or an object and no text that could be meant instead. */
export function parameterKindOf(types: ReadonlySet<JsonType>): ParameterKind {
  if (types.has('string')) return 'single';
  if (types.has('array')) return 'list';
  return types.has('object') ? 'object' : 'single';
}

/** Splits the text of a path or header parameter by its style (OpenAPI 3.1, section 4.8.12.3); undefined when it does not have that style. */
export function splitStyled(parameter: Parameter, kind: ParameterKind, text: string): unknown {
  if (parameter.style === 'label') {
    if (!text.startsWith('.')) return undefined;
    return splitSimple(text.slice(1), kind, parameter.explode ? '.' : ',', parameter.explode);
  }
  if (parameter.style === 'matrix') return splitMatrix(parameter, kind, text);
  return splitSimple(text, kind, ',', parameter.explode);
}

/** Text of a header field, in which white space may stand around commas (RFC 9110, section 5.6.1). */
export function splitHeader(text: string, kind: ParameterKind, explode: boolean): unknown {
  if (kind === 'single') return text.trim();
  const items = text.split(',').map((item) => item.trim());
  return splitSimple(items.join(','), kind, ',', explode);
}

/** `a,b`; objects `k,v,k,v`, or exploded `k=v,k=v`. */
export function splitSimple(
  text: string,
  kind: ParameterKind,
  delimiter: string | RegExp,
  explode: boolean,
): unknown {
  if (kind === 'single') return text;
  const parts = text === '' ? [] : text.split(delimiter);
  if (kind === 'list') return parts;
  return explode ? pairsOf(parts) : alternating(parts);
}

/** `;name=a,b`, or exploded `;name=a;name=b`; objects `;name=k,v`, or exploded `;k=v;k=v`. */
function splitMatrix({ explode, name }: Parameter, kind: ParameterKind, text: string): unknown {
  if (!text.startsWith(';')) return undefined;
  const parts = text.slice(1).split(';');
  if (kind === 'object' && explode) return pairsOf(parts);
  const values = parts.map((part) => textAfterName(part, name));
  if (values.includes(undefined)) return undefined;
  if (kind === 'list' && explode) return values;
  return values.length === 1 && values[0] !== undefined
    ? splitSimple(values[0], kind, ',', false)
    : undefined;
}

function textAfterName(part: string, name: string): string | undefined {
  if (part === name) return '';
  return part.startsWith(`${name}=`) ? part.slice(name.length + 1) : undefined;
}

function pairsOf(parts: readonly string[]): Record<string, string> {
  const object: Record<string, string> = {};
  for (const part of parts) {
    const equals = part.indexOf('=');
    define(object, equals < 0 ? part : part.slice(0, equals), equals < 0 ? '' : part.slice(equals + 1));
  }
  return object;
}

function alternating(parts: readonly string[]): Record<string, string> {
  const object: Record<string, string> = {};
  for (let index = 0; index < parts.length; index += 2)
    define(object, parts[index] ?? '', parts[index + 1] ?? '');
  return object;
}

function define(object: Record<string, string>, key: string, value: string): void {
  if (key !== '__proto__') object[key] = value;
}
