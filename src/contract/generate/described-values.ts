/** Words behind which a description shows values. */
const leads =
  /\b(?:one of|either|(?:possible|valid|allowed|supported|accepted) values(?: are)?|values are|e\.\s?g\.|for example|such as|examples?|defaults? to|default(?: is| value)?)(?: the following)?\s*[:=(]*\s*/gi;
const quoted = /^\s*(?:["'`“‘«])([^"'`”’»\n]{1,60})(?:["'`”’»])/;
const plain = /^\s*([\p{L}\p{N}_][\p{L}\p{N}_.:/@+-]{0,40})/u;
const between = /^\s*(?:,\s*(?:or|and)?|or|and|\||\/)\s*/i;

/**
 * Values that the description of a field shows: `one of a, b or c`, `e.g. "x"`, `Default: x`, in the order written. They are guesses: texts,
 * as a person would read them.
 */
export function describedValues(description: string): readonly string[] {
  const values = new Set<string>();
  for (const { 0: lead, index } of description.matchAll(leads)) {
    for (const value of listedIn(description.slice(index + lead.length), /one of|either|values/i.test(lead)))
      values.add(value);
  }
  return [...values];
}

/** @param isList whether plain words are several values, rather than the first one of a sentence */
function listedIn(text: string, isList: boolean): readonly string[] {
  const values: string[] = [];
  let rest = text;
  for (;;) {
    const isQuoted = quoted.test(rest);
    const found = quoted.exec(rest) ?? plain.exec(rest);
    if (!found) return values;
    const [whole, value = ''] = found;
    values.push(isQuoted ? value : value.replace(/[.:,;]+$/, ''));
    rest = rest.slice(whole.length);
    const next = between.exec(rest);
    if (!next || (!isQuoted && !isList)) return values;
    rest = rest.slice(next[0].length);
  }
}
