/** A path template as find-my-way writes routes, and the names its parameters have in the document, by position. */
export interface RoutePattern {
  readonly pattern: string;
  readonly names: readonly string[];
  /** The template without its parameters' names: equal for paths that match the same URLs. */
  readonly key: string;
}

/** find-my-way takes every `*` for a wildcard and cannot be told otherwise; this character of the private use area stands for it. */
export const asterisk = '\ue000';
const questionMark = '\ue001';

/**
 * Translates an OpenAPI path template. Parameters are renamed by position, since find-my-way ends a name at characters that
 * OpenAPI allows in one; a segment that holds more than one parameter, or text after it, becomes a regular expression.
 */
export function routePatternOf(written: string): RoutePattern {
  const { path: template } = splitTemplate(written);
  const names: string[] = [];
  const pattern = template.split('/').map((segment) => segmentPattern(segment, names));
  return { pattern: pattern.join('/'), names, key: template.replaceAll(/\{[^{}]*\}/g, '{}') };
}

/** The path of a template, and the query that some documents write behind it to tell operations apart. */
export function splitTemplate(template: string): { readonly path: string; readonly query: string } {
  const question = template.search(/\?(?![^{]*\})/);
  if (question < 0) return { path: template, query: '' };
  return { path: template.slice(0, question), query: template.slice(question + 1) };
}

function segmentPattern(segment: string, names: string[]): string {
  const parts = segment.split(/(\{[^{}]*\})/).filter((part) => part !== '');
  const last = parts.at(-1);
  const plain = parts.filter(isParameter).length === 1 && last !== undefined && isParameter(last);
  return parts
    .map((part) => {
      if (!isParameter(part)) return literal(part);
      names.push(part.slice(1, -1));
      return `:p${names.length - 1}${plain ? '' : '([\\s\\S]+?)'}`;
    })
    .join('');
}

function isParameter(part: string): boolean {
  return part.startsWith('{') && part.endsWith('}');
}

/** Text of a path as the router compares it: percent-decoded, with what find-my-way gives a meaning made literal. */
function literal(text: string): string {
  return decoded(text).replaceAll(':', '::').replaceAll('*', asterisk).replaceAll('?', questionMark);
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
