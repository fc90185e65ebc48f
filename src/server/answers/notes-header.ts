/** Bytes of the longest header field of notes. */
const longestHeader = 2048;

/** `sparring-notes`: what became of a request that its answer does not show; percent-encoded where a header asks for it. */
export function notesHeader(notes: readonly string[]): { readonly 'sparring-notes'?: string } {
  if (notes.length === 0) return {};
  const text = [...new Set(notes)].map(encode).join('; ');
  return { 'sparring-notes': text.length > longestHeader ? `${text.slice(0, longestHeader - 1)}~` : text };
}

/** Visible ASCII stays readable (RFC 9110, section 5.5). */
function encode(note: string): string {
  return note.toWellFormed().replaceAll(/[^ -~]|[%;]/gu, (sign) => encodeURIComponent(sign));
}
