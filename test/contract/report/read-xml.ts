export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads XML as strictly as the parts of it that reports use ask for (XML 1.0, sections 2.2 and 3). Throws where it is not well-formed. */
export function readXml(source: string): XmlElement {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(source))
    throw new Error('There is a character that XML cannot hold.');
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const body = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (let found = token.exec(body); found; found = token.exec(body)) {
    end = token.lastIndex;
    const [, closes, name = '', attributes = '', isEmpty, text] = found;
    const last = open.at(-1);
    if (!last) throw new Error('An element is closed that is not open.');
    if (text !== undefined) last.text += unescaped(text);
    else if (closes) {
      if (open.pop()?.name !== name) throw new Error(`${name} is closed, and was not open.`);
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      last.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  if (end !== body.length || open.length !== 1)
    throw new Error(`It is not well-formed at ${body.slice(end, end + 40)}`);
  const [root] = top.children;
  if (!root || top.children.length > 1) throw new Error('There is not one root.');
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    unescaped(value),
  ]);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw new Error('An attribute is there twice.');
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text)) throw new Error(`An & is not escaped: ${text}`);
  return text
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
