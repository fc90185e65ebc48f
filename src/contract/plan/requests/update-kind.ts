import type { Operation } from '../../../openapi/document/document.ts';

const keeps =
  /\b(?:omit\w*|left out|absent|missing|unspecified|not (?:given|included|provided|present|specified))\b[^.]*\b(?:stays?|remains?|unchanged|kept|keep|untouched|retain\w*|ignored)\b|\bpartial\w*\b|\bonly (?:the )?(?:fields|properties|attributes)\b/i;

/** What an update does to fields that it leaves out, and whether the document says so rather than its method alone. */
export function updateKind({ definition, extension, id, method }: Operation): {
  readonly kind: 'merge' | 'replace';
  readonly isSaid: boolean;
} {
  if (extension.update) return { kind: extension.update, isSaid: true };
  const text = `${definition.summary ?? ''} ${definition.description ?? ''}`;
  if (keeps.test(text)) return { kind: 'merge', isSaid: true };
  // RFC 5789, section 2; RFC 9110, section 9.3.4.
  if (method !== 'put') return { kind: 'merge', isSaid: true };
  return { kind: 'replace', isSaid: /replac/i.test(`${id} ${text}`) };
}
