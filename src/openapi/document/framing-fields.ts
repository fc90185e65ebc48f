/**
 * Header fields that say how a message is framed (RFC 9110, section 7.6.1, and RFC 9112, section 6), in lower case: the server's to
 * write, and not a document's.
 */
export const framingFields: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
