import type { Verdict } from '../types.ts';

/** What whoever runs the server does about a failure, by check; a check without advice gets a general one. */
const advice: Readonly<Record<string, string>> = {
  answers: 'Look at the server: it hung, crashed, or wrote what is no HTTP. Its log tells more.',
  'no-server-error':
    'Look in the server’s log for the error that this request causes. A bad request deserves a 4xx, never a 5xx.',
  'status-documented': 'Answer with a status that the document lists, or add this one to its responses.',
  'media-type': 'Send the Content-Type that the document declares, or declare the one that is sent.',
  'response-headers': 'Send the header field as declared, or take it out of the document.',
  'response-schema': 'Send what the schema says, or change the schema to what is sent.',
  'error-body': 'Write errors as the document describes them, or describe them as they are written.',
  'positive-accepted':
    'This request keeps every rule of the document. Accept it, or write the rule that it breaks into the document.',
  'negative-refused':
    'Check the input and answer with a 4xx, or take the rule out of the document if nobody has to keep it.',
  'unsupported-media-type': 'Answer 415 to bodies of types that the document does not take.',
  'method-not-allowed': 'Answer 405 with an Allow field where a path has no such method.',
  'authentication-enforced':
    'This is a security hole if the document is right: ask for credentials, and check their value, before anything else.',
  'created-readable': 'What was created must be there, as it was sent, when it is read.',
  'read-after-update': 'An update must be seen by whoever reads afterwards.',
  'deleted-gone': 'What was deleted must be answered with 404 or 410, and be gone from lists.',
  'ids-unique': 'Give every record an id of its own.',
};

export function adviceFor({ check }: Pick<Verdict, 'check'>): string {
  return advice[check] ?? 'Change the server to what is expected, or the document where the server is right.';
}
