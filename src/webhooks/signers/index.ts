import { apitree } from './apitree.ts';
import { github } from './github.ts';
import { hmac } from './hmac.ts';
import { hover } from './hover.ts';
import { none } from './none.ts';
import { secretHeader } from './secret-header.ts';
import type { Signer } from './signer.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';

/** Every signature scheme by the name documents use; a new one is one file and one line here. */
export const signers: Readonly<Record<string, Signer>> = {
  none,
  'secret-header': secretHeader,
  hmac,
  'standard-webhooks': standardWebhooks,
  stripe,
  github,
  hover,
  apitree,
};
