import type { SigningInput } from '../../src/webhooks/signers/signer.ts';

/** A delivery to sign, with the parts a test cares about replaced. */
export function signingInput(parts: Partial<SigningInput> = {}): SigningInput {
  return {
    body: Buffer.from('{"event":"user.created"}'),
    url: 'http://127.0.0.1:3000/hooks/a?b=c',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    id: 'msg_1',
    event: 'user.created',
    timestamp: 1_800_000_000,
    date: new Date(1_800_000_000_000).toUTCString(),
    secrets: ['c2VjcmV0IHNlY3JldCBzZWNyZXQ='],
    subscriptionId: '12343',
    ...parts,
  };
}
