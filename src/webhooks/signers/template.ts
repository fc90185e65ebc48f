/** One piece of a template: text that stands for itself, or the name of a placeholder. */
export type TemplatePart = { readonly text: string } | { readonly name: string };

const placeholder = /\{((?:header|body):[^{}]*|[a-z0-9]+(?:-[a-z0-9]+)*)\}/g;
const parsed = new Map<string, readonly TemplatePart[]>();
const maximumKept = 1000;

/**
 * Splits a template such as `v0:{timestamp}:{body}` into its parts. A placeholder is lower-case words joined by `-`
 * in braces, or `header:` or `body:` and what it names; other braces stand for themselves. Each template is split once and kept.
 */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const kept = parsed.get(template);
  if (kept) return kept;
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(placeholder)) {
    if (match.index > end) parts.push({ text: template.slice(end, match.index) });
    parts.push({ name: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ text: template.slice(end) });
  if (parsed.size >= maximumKept) parsed.clear();
  parsed.set(template, parts);
  return parts;
}

/** The names of a template's placeholders. */
export function placeholdersOf(template: string): readonly string[] {
  return parseTemplate(template).flatMap((part) => ('name' in part ? [part.name] : []));
}

/** Fills a template in; `textOf` gives each placeholder's text. */
export function fillHeaderTemplate(template: string, textOf: (name: string) => string): string {
  return parseTemplate(template)
    .map((part) => ('text' in part ? part.text : textOf(part.name)))
    .join('');
}

/**
 * Reads a filled template back: the text each placeholder stood for, or undefined where `value` does not fit. A
 * placeholder reaches to the first occurrence of the text that follows it, the last one to the end; linear in `value`.
 */
export function matchTemplate(template: string, value: string): ReadonlyMap<string, string> | undefined {
  const parts = parseTemplate(template);
  const found = new Map<string, string>();
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if ('text' in part) {
      if (!value.startsWith(part.text, at)) return undefined;
      at += part.text.length;
      continue;
    }
    const next = parts[index + 1];
    const end = next && 'text' in next ? value.indexOf(next.text, at) : value.length;
    if (end < at) return undefined;
    const text = value.slice(at, end);
    if ((found.get(part.name) ?? text) !== text) return undefined;
    found.set(part.name, text);
    at = end;
  }
  return at === value.length ? found : undefined;
}
