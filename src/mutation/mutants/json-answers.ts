import type { ApiResponse } from '../../server/message/api-message.ts';

/** The value of a JSON text; undefined for what is none. */
export function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function answerText({ body }: ApiResponse): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

/** An answer with another JSON body; the same where it has none. */
export function withJsonAnswer(response: ApiResponse, change: (value: unknown) => unknown): ApiResponse {
  const value = parseAnswer(answerText(response));
  if (value === undefined) return response;
  const changed = change(value);
  return { ...response, body: changed === undefined ? undefined : JSON.stringify(changed) };
}

export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}

/** A refusal by the server of what a client sent. */
export function isRefusal({ status }: { readonly status: number }): boolean {
  return status >= 400 && status < 500;
}
