import { textOfPattern } from '../../../openapi/sample/text-of-pattern.ts';
import { textsOf } from '../../generate/generator-context.ts';
import { boundOf, hasKeyword } from '../requests/boundary-values.ts';
import type { RequestField } from '../requests/request-fields.ts';
import type { BrokenValue, ValueBreaker } from './broken-value.ts';

const badFormats: Readonly<Record<string, readonly string[]>> = {
  email: ['not-an-email', 'a@'],
  'idn-email': ['not-an-email'],
  uuid: ['not-a-uuid'],
  date: ['yesterday', '2026-13-45'],
  'date-time': ['yesterday', '2026-13-01T25:00:00Z'],
  time: ['25:00:00Z'],
  duration: ['one day'],
  uri: ['not a uri'],
  url: ['not a url'],
  'uri-reference': ['not a reference', '%'],
  'uri-template': ['https://example.com/{'],
  ipv4: ['256.1.1.1'],
  ipv6: ['12345::g'],
  hostname: ['-not-a-host-'],
  byte: ['not base64'],
  regex: ['('],
  'json-pointer': ['not/a/pointer'],
  'relative-json-pointer': ['/not/relative'],
};
/** Characters of the longest text that is sent; URLs and header fields are cut off much earlier. */
const longest = { body: 100_000, elsewhere: 4000 };

export const brokenTexts: ValueBreaker = (field) => {
  if (!field.merged.types?.has('string')) return [];
  return [...tooShort(field), ...tooLong(field), ...badFormat(field), ...badPattern(field)];
};

function textOf({ value }: RequestField): string {
  return typeof value === 'string' ? value : 'a';
}

function tooShort(field: RequestField): readonly BrokenValue[] {
  const least = boundOf(field, 'minLength');
  // An empty segment would make another path.
  const isPossible = least !== undefined && least > (field.place === 'path' ? 1 : 0);
  if (!isPossible) return [];
  const short = [...textOf(field)].slice(0, least - 1).join('');
  return [short, ...ofLengths(field, [least - 1])].map((value) => ({ keyword: 'minLength', value }));
}

function tooLong(field: RequestField): readonly BrokenValue[] {
  const most = boundOf(field, 'maxLength');
  if (most === undefined || most >= (field.place === 'body' ? longest.body : longest.elsewhere)) return [];
  const text = textOf(field);
  const room = most + 1;
  const ofFormat = textsOf(field.merged, 'format').flatMap((format) => {
    const [start, end] = format === 'email' ? ['', '@example.com'] : ['https://example.com/', ''];
    return [`${start}${'a'.repeat(Math.max(1, room - start.length - end.length))}${end}`];
  });
  return [
    [...text.padEnd(room, 'a')].slice(0, room).join('').padEnd(room, 'a'),
    [...text.padEnd(room, '0')].slice(0, room).join('').padEnd(room, '0'),
    ...ofFormat,
    ...ofLengths(field, [room, room + 1, most + 8]),
  ].map((value) => ({ keyword: 'maxLength', value }));
}

/** Texts that match the field's pattern, with as many characters as said wherever the pattern leaves that open. */
function ofLengths(field: RequestField, lengths: readonly number[]): readonly string[] {
  return textsOf(field.merged, 'pattern').flatMap((pattern) =>
    lengths
      .filter((length) => length > 0)
      .flatMap((length) => textOfPattern(pattern, length)?.(() => 0) ?? []),
  );
}

function badFormat(field: RequestField): readonly BrokenValue[] {
  return textsOf(field.merged, 'format').flatMap((format) =>
    Object.hasOwn(badFormats, format)
      ? [...(badFormats[format] ?? []), ...(field.place === 'body' ? [''] : [])].map((value) => ({
          keyword: 'format',
          value,
        }))
      : [],
  );
}

/** The text with a character too few, too many or of another kind, then texts that hardly any pattern takes. */
function badPattern(field: RequestField): readonly BrokenValue[] {
  if (!hasKeyword(field, 'pattern')) return [];
  const text = textOf(field);
  const start = [...text].slice(0, -1).join('');
  const all = [
    `${start}~`,
    `${text}~`,
    `~${[...text].slice(1).join('')}`,
    start,
    `${text}a`,
    text.toLowerCase() === text ? text.toUpperCase() : text.toLowerCase(),
    '~'.repeat(Math.max(1, text.length)),
    `${text} ~`,
    'a',
    ...(field.place === 'headers' ? [] : ['~', '!!! ~~~', '\u0001']),
  ];
  const isPossible = field.place === 'path' || field.place === 'headers';
  return all.filter((value) => value !== '' || !isPossible).map((value) => ({ keyword: 'pattern', value }));
}
