/** A media type as a header field may have it (RFC 9110, section 8.3.1): without the parameters that hold anything but visible ASCII. */
export function plainMediaType(mediaType: string): string {
  if (isPlain(mediaType)) return mediaType;
  const [essence = '', ...parameters] = mediaType.split(';');
  const kept = [essence.replaceAll(/[^\x21-\x7e]/g, ''), ...parameters.filter(isPlain)].join(';');
  return kept.startsWith(';') || kept === '' ? 'application/octet-stream' : kept;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
