import type { ApiDocument, SecurityAlternative } from '../../../openapi/document/document.ts';

/** A scope that the document names and that satisfies no alternative of an operation's security; undefined: there is none. */
export function insufficientScope(
  document: ApiDocument,
  security: readonly SecurityAlternative[],
): string | undefined {
  const known = new Set<string>();
  for (const scheme of Object.values(document.securitySchemes)) {
    if (scheme.type !== 'oauth2') continue;
    for (const flow of Object.values(scheme.flows)) {
      for (const scope of Object.keys(flow?.scopes ?? {})) known.add(scope);
    }
  }
  const isEnough = (scope: string) =>
    security.some((alternative) => alternative.every(({ scopes }) => scopes.every((each) => each === scope)));
  return [...known].find((scope) => !isEnough(scope));
}
