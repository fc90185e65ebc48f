import type { CaseExchange } from '../../model/exchange.ts';
import type { Arrival } from '../../model/webhook-run.ts';

/** Characters of a body that are shown. */
const mostBody = 4000;

/** A request as it would stand on the wire. */
export function requestText({ request }: CaseExchange): string {
  const { body, headers, method, url } = request;
  const text = typeof body === 'string' ? body : body === undefined ? '' : `<${body.length} bytes>`;
  return messageText(`${method} ${url}`, headers, text);
}

/** An answer as it came, or why there is none. */
export function responseText({ failure, response }: CaseExchange): string {
  if (!response) return `No answer: ${failure?.message ?? 'the run was ended'}.`;
  return messageText(String(response.status), response.headers, response.text);
}

/** A webhook as it arrived, and what it was answered. */
export function arrivalText({ headers, method, status, text, url }: Arrival): string {
  return `${messageText(`${method} ${url}`, headers, text)}\n\nanswered with ${status}`;
}

function messageText(first: string, headers: Readonly<Record<string, string>>, body: string): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const shown =
    body.length > mostBody ? `${body.slice(0, mostBody)}\n… ${body.length} characters in all` : body;
  return [first, ...fields, ...(shown === '' ? [] : ['', shown])].join('\n');
}
