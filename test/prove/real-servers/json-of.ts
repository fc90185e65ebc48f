type Json = ReturnType<typeof JSON.parse>;

/** The JSON that a URL answers. Throws when it answers anything but success. */
export async function jsonOf(url: string, init: RequestInit = {}): Promise<Json> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${url} was answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** A request with a body of JSON. */
export function sending(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
}
