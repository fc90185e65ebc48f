/** Characters that XML 1.0 (section 2.2) has no way to hold, lone surrogates included. */
const impossible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** An element with attributes, and children that are markup already. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${attributeText(String(value))}"`,
  );
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}

/** Text as XML and HTML hold it between tags; what XML cannot hold is shown as `\u0000`. */
export function escapeText(text: string): string {
  return shown(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function attributeText(text: string): string {
  return shown(text).replaceAll(/[&<>"'\n\r\t]/g, (character) => entities[character] ?? character);
}

function shown(text: string): string {
  return text.replaceAll(
    impossible,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
