/**
 * Text as a header value: its UTF-8 bytes, one character each, which is how HTTP/1.1 libraries hand them over
 * (RFC 9110, 5.5: opaque bytes), without the outer white space that is not part of a field value.
 */
export function headerText(text: string): string {
  // Most are plain ASCII, which is its own UTF-8.
  if (/^[!-~](?:[ -~]*[!-~])?$/.test(text)) return text;
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/^[\t ]+|[\t ]+$/g, '');
}
