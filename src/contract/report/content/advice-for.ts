import type { Verdict } from '../../model/verdict.ts';

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
  'other-fields-kept': 'Change only the fields that a PATCH names, and never the id.',
  'put-replaces': 'Let a PUT take away what it leaves out, or offer PATCH for partial updates.',
  'bystander-kept': 'Look at how the record is found that is changed or deleted: another one was hit too.',
  idempotent: 'Sending the same PUT or DELETE again must change nothing more.',
  'safe-methods': 'Reading must not change anything that the API shows.',
  'no-trace':
    'Check the whole request before anything is stored, or take back what was stored when it is refused.',
  'location-resolves': 'Let Location hold the address where the new record is read.',
  'links-followed': 'Accept what the link takes from the answer, or mend the link in the document.',
  'listed-once': 'Look at what creating writes, and at what the list reads: they do not agree.',
  'list-order': 'Sort the list as the document says when nobody asks for another order.',
  sorted: 'Sort by the field and in the direction that were asked for.',
  'filters-filter': 'Compare each record with the value of the filter, and show all that have it.',
  'pages-partition': 'Sort pages by something unique, so that no record is on two of them or on none.',
  'page-size': 'Cut pages to the size that was asked for, or else to the default.',
  'total-agrees': 'Count the same records that the pages show, filters included.',
  'webhook-delivered':
    'Look in the server’s delivery log: the event was not sent, or not to this subscriber, or too late.',
  'webhook-once': 'Do not send again what was answered with a success.',
  'webhook-payload': 'Send the payload that the document declares for the event.',
  'webhook-equals-read': 'Make the payload of the record as it is after the change.',
  'webhook-signed': 'Sign the very bytes that are sent, with the secret of this subscription.',
  'webhook-headers': 'Send the header fields that the document declares.',
  'webhook-id-stable': 'Keep the id over all attempts of a delivery, and use it for no other.',
  'webhook-retried': 'Try failed deliveries again by the schedule that the document states.',
  'webhook-unsubscribed': 'Send nothing to subscriptions that are deleted, switched off or disabled.',
  'webhook-only-subscribed': 'Send to a subscriber only the events that it asked for.',
  'webhook-handshake': 'Verify a new subscription as the document says before anything else is sent to it.',
  'webhook-only-on-success': 'Fire events only once what causes them is stored.',
  'event-accepted':
    'Answer with a status that the provider takes for a success as soon as the event is stored.',
  'answered-in-time': 'Store the event, answer, and work afterwards.',
  'answered-early': 'Store the event, answer, and work afterwards: under load there is no time left.',
  'forgery-refused':
    'Compute the signature over the raw body with your own secret, compare it whole and in constant time, and refuse everything else.',
  'no-error-on-forgery':
    'Answer 401 or 400; compare lengths before a comparison that throws where they differ.',
  'rotation-accepted':
    'Try each of the signatures that the header holds, and accept the delivery if one is right.',
  'raw-bytes-verified':
    'Read the raw bytes before any parser does, and verify these; a body that is parsed and written again has others.',
  'numbers-kept': 'Read numbers with a parser that keeps their digits, or as texts.',
  'stale-refused':
    'Compare the signed time with your own clock, in seconds, and refuse what is older than the scheme tolerates.',
  'future-refused': 'Refuse stamps that are ahead of your clock by more than the scheme tolerates.',
  'duplicate-accepted': 'Answer with success to what is known already, without doing it again.',
  'effect-once': 'Note the id of each delivery in the same transaction as its effect, under a unique key.',
  'forgery-without-effect': 'Verify the signature before anything else is done.',
  'unknown-survived': 'Ignore what you do not know; ask whether a value is there before you use it.',
  'order-survived': 'Expect that an update or a deletion comes before the creation.',
  'surprise-accepted': 'Answer with success to what you do not need: a refusal is tried again.',
  'newest-state-kept':
    'Keep when each thing was changed last, also when it was deleted, and ignore what is older.',
  'stored-before-answered': 'Answer only when the event is on disk.',
  'shape-accepted':
    'Read the body as bytes to its end, whatever its length and its packets, and look header fields up without regard to case.',
  'nonsense-refused': 'Check that the body is an event before you use it, and answer 400 where it is none.',
  'no-redirect': 'Register the URL that answers, or let the receiver answer by itself.',
  'success-without-error': 'Answer with a 5xx where the event could not be handled, so that it comes again.',
  'no-stack-trace': 'Answer errors with a short text, and write the trace into the log.',
  'no-page': 'See whether a login page or a proxy answers in the place of the receiver.',
};

export function adviceFor({ check }: Pick<Verdict, 'check'>): string {
  return advice[check] ?? 'Change the server to what is expected, or the document where the server is right.';
}
