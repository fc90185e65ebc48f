/** What a caller prefers of an answer, in the words that mock servers of the field share. */
export interface Preference {
  /** A declared status; text for one that is no status at all. */
  readonly code?: number | string | undefined;
  /** Name of an example. */
  readonly example?: string | undefined;
  /** Generate from the schema instead of taking an example. */
  readonly dynamic?: boolean | undefined;
}

/**
 * The preference in `Prefer: code=404, example=name, dynamic=true` (RFC 7240) or in `?__code=`, `?__example=`, `?__dynamic=`,
 * which win; undefined when there is none.
 */
export function readPreference(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  query: string,
): Preference | undefined {
  const { prefer } = headers;
  const inQuery = query.includes('__');
  if (prefer === undefined && !inQuery) return undefined;
  const found = new Map<string, string>();
  for (const part of (Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '')).split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim().replace(/^"(.*)"$/, '$1'));
    found.set(name.toLowerCase(), value);
  }
  if (inQuery)
    for (const [name, value] of new URLSearchParams(query))
      if (name.startsWith('__')) found.set(name.slice(2), value);
  const code = found.get('code');
  const dynamic = found.get('dynamic');
  const example = found.get('example');
  if (code === undefined && dynamic === undefined && example === undefined) return undefined;
  return {
    ...(code !== undefined && { code: /^\d{3}$/.test(code) ? Number(code) : code.slice(0, 100) }),
    ...(example !== undefined && { example }),
    ...(dynamic !== undefined && { dynamic: dynamic !== 'false' }),
  };
}
