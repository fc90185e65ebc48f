import { adyenSigner } from './adyen.ts';
import { apitreeSigner } from './apitree.ts';
import { discordSigner } from './discord.ts';
import { githubSigner } from './github.ts';
import { templateHmacSigner } from './hmac.ts';
import { hoverSigner } from './hover.ts';
import { mailgunSigner } from './mailgun.ts';
import { noneSigner } from './none.ts';
import { plaidSigner } from './plaid.ts';
import { secretHeaderSigner } from './secret-header.ts';
import { sendgridSigner } from './sendgrid.ts';
import type { Signer } from './signer.ts';
import { snsSigner } from './sns.ts';
import { standardWebhooksSigner } from './standard-webhooks.ts';
import { stripeSigner } from './stripe.ts';
import { twilioSigner } from './twilio.ts';

/** Every signature scheme by the name documents use; a new one is one file and one line here. */
export const signers: Readonly<Record<string, Signer>> = {
  none: noneSigner,
  'secret-header': secretHeaderSigner,
  hmac: templateHmacSigner,
  'standard-webhooks': standardWebhooksSigner,
  stripe: stripeSigner,
  github: githubSigner,
  hover: hoverSigner,
  apitree: apitreeSigner,
  discord: discordSigner,
  sendgrid: sendgridSigner,
  twilio: twilioSigner,
  adyen: adyenSigner,
  mailgun: mailgunSigner,
  plaid: plaidSigner,
  sns: snsSigner,
};
