import { AttemptFailure } from './attempt-error.ts';
import { isHeaderName } from './signers/options.ts';

/** What frames a message is the client's to say; a template that sets it could smuggle a second request. */
const framing = [
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'host',
];

/** Names that have been found fit; the same few come with every attempt. */
const fitNames = new Set<string>();
const mostFitNames = 1000;

/**
 * Refuses headers that could break out of their line or reframe the message (RFC 9110, 5.5). The message names the
 * header and never its value, which may be a secret. Throws `AttemptFailure`.
 */
export function checkAttemptHeaders(headers: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(headers)) {
    if (!fitNames.has(name)) checkName(name);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(headers[name] ?? '')) {
      throw new AttemptFailure(
        'invalid-header',
        `The header ${name} holds a character that a header cannot carry.`,
      );
    }
  }
}

function checkName(name: string): void {
  if (!isHeaderName(name))
    throw new AttemptFailure('invalid-header', `${JSON.stringify(name)} is not a header name.`);
  if (framing.includes(name.toLowerCase())) {
    throw new AttemptFailure(
      'invalid-header',
      `The header ${name} is set by the client and cannot be given.`,
    );
  }
  if (fitNames.size >= mostFitNames) fitNames.clear();
  fitNames.add(name);
}
