/** Text from elsewhere as a terminal may show it: control characters, which could steer it, in words; tabs and line breaks stay. */
export function visible(text: string): string {
  return text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same on one line: what has line breaks of its own could pass for lines of a log. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll(/[\t\n\u2028\u2029]/g, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
