import { escapeText } from '../content/xml-element.ts';

/** Markup with every value in it escaped, except markup that was made the same way; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlContent[]): Markup {
  const text = parts.map((part, index) => part + (index < values.length ? write(values[index]) : ''));
  return new Markup(text.join(''));
}

/** Text that is markup and safe as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type HtmlContent = string | number | undefined | Markup | readonly HtmlContent[];

function write(value: HtmlContent): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return value.map(write).join('');
}
