import { isObject } from '../../json/is-object.ts';
import type { ReceivedRequest } from '../../receiver/create-receiver.ts';
import { visible } from '../../visible.ts';
import { paintForTerminal } from '../common/words.ts';

/** A received request as one JSON object. */
export function formatArrivalAsJson(request: ReceivedRequest) {
  const { at, headers, json, method, path, status, text, verification } = request;
  return {
    event: 'received',
    at: new Date(at).toISOString(),
    method,
    path,
    name: eventOf(json) || undefined,
    id: idOf(request) || undefined,
    headers,
    body: json ?? text,
    text,
    status,
    verification,
  };
}

/** A received request in a line; `verbose` adds its headers and its exact body. */
export function formatArrival(request: ReceivedRequest, verbose: boolean): string {
  const { at, body, json, method, path, rawHeaders, status, text } = request;
  const head = [
    paintForTerminal('dim', new Date(at).toISOString().slice(11, 23)),
    visible(`${method} ${path}`),
    visible(eventOf(json)),
    visible(idOf(request)),
    `${body.length} bytes`,
    verdictOf(request),
    `→ ${status}`,
  ];
  const line = head.filter((part) => part !== '').join('  ');
  if (!verbose) return line;
  const fields = rawHeaders.map(
    ([name, value]) => `  ${paintForTerminal('dim', `${name}:`)} ${visible(value)}`,
  );
  return [line, ...fields, '', visible(text), ''].join('\n');
}

function verdictOf({ verification }: ReceivedRequest): string {
  if (verification === undefined) return '';
  return verification.valid
    ? paintForTerminal('green', 'signature valid')
    : paintForTerminal('red', visible(verification.message));
}

/** The event's name, where providers usually put it. */
function eventOf(json: unknown): string {
  if (!isObject(json)) return '';
  const { event, name, type } = json;
  const found = [event, type, isObject(event) ? event.type : undefined, name];
  return found.find((each): each is string => typeof each === 'string') ?? '';
}

/** What a repetition is told by: an id that was signed, one in the body, else one in a header. */
function idOf({ headers, json, verification }: ReceivedRequest): string {
  if (verification?.valid && verification.id !== undefined) return verification.id;
  const own = isObject(json) ? json.id : undefined;
  if (typeof own === 'string' || typeof own === 'number') return String(own);
  const header = Object.keys(headers).find((name) =>
    /(?:delivery|webhook|event|message)(?:-id)?$/.test(name),
  );
  return header === undefined ? '' : (headers[header] ?? '');
}
