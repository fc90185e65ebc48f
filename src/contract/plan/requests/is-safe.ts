const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** RFC 9110, section 9.2.1. */
export function isSafe(method: string): boolean {
  return safeMethods.has(method.toUpperCase());
}
