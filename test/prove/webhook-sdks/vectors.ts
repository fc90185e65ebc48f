import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { ReceivedRequest } from './received-request.ts';

/** A signed request that a provider's library accepts, and what it is verified with. */
export interface Vector {
  readonly secret: string;
  readonly request: ReceivedRequest;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const call = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const callFields =
  'CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309';

function twilio(url: string, signature: string, body = callFields): Vector {
  return {
    secret: '12345',
    request: { url, headers: { ...form, 'x-twilio-signature': signature }, body: Buffer.from(body) },
  };
}

/** Published with Twilio's libraries (twilio-python, tests/unit/test_request_validator.py). */
export const twilioVectors: Readonly<Record<string, Vector>> = {
  'a form': twilio(call, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
  'a URL with port 443 added': twilio(call, 'kvajT1Ptam85bY51eRf/AJRuM3w='),
  'a port that the signer dropped': twilio(call.replace('.com', '.com:1234'), 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
  'http with its port': twilio(
    call.replace('https://mycompany.com', 'http://mycompany.com:1234'),
    'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
  ),
  'a field with two values': twilio(
    call,
    'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
    'Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234',
  ),
  'a JSON body': twilio(
    `${call}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
    'a9nBmqA0ju/hNViExpshrM61xv4=',
    '{"property": "value", "boolean": true}',
  ),
};

/** Published with SendGrid's library (@sendgrid/eventwebhook 8.0.0, src/eventwebhook.spec.js). */
export const sendgridVector: Vector = {
  secret:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
  request: {
    url: 'https://example.com/sendgrid',
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-timestamp': '1600112502',
      'x-twilio-email-event-webhook-signature':
        'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
    },
    body: Buffer.from(
      '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
    ),
  },
};

/** A seed of RFC 8032, section 7.1, test 1; its public key is in hexadecimal, as Discord gives it out. */
const discordKey = createPrivateKey({
  key: Buffer.from(
    '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  ),
  format: 'der',
  type: 'pkcs8',
});

/** Self-computed: Ed25519 gives the same signature each time. */
export function discordVector(body: string, timestamp = '1600112502'): Vector {
  return {
    secret: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    request: {
      url: 'https://example.com/discord',
      headers: {
        'content-type': 'application/json',
        'x-signature-timestamp': timestamp,
        'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), discordKey).toString('hex'),
      },
      body: Buffer.from(body),
    },
  };
}

/** Self-computed: Mailgun's page shows a signature without its key. */
export function mailgunVector(): Vector {
  const secret = 'key-for-webhooks';
  const [timestamp, token] = ['1770920772', 'e0b5477167110d68991efc6b9f89f0a11066af27834600e123'];
  const signature = createHmac('sha256', secret).update(`${timestamp}${token}`).digest('hex');
  const body = {
    signature: { token, timestamp, signature },
    'event-data': { event: 'delivered', id: 'G9Bn5sl1TC6nu79C8C0bwg', timestamp: 1770920772.26 },
  };
  return {
    secret,
    request: { url: 'https://example.com/mailgun', headers: {}, body: Buffer.from(JSON.stringify(body)) },
  };
}

/** Published: the key and the payment of Adyen's own tests (adyen-node-api-library, hmacValidator). */
export const adyenVector: Vector = {
  secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
  request: {
    url: 'https://example.com/adyen',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({
        live: 'false',
        notificationItems: [
          {
            NotificationRequestItem: {
              additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
              amount: { value: 1130, currency: 'EUR' },
              pspReference: '7914073381342284',
              eventCode: 'AUTHORISATION',
              eventDate: '2019-05-06T17:15:34.121+02:00',
              merchantAccountCode: 'TestMerchant',
              merchantReference: 'TestPayment-1407325143704',
              paymentMethod: 'visa',
              originalReference: '',
              success: 'true',
            },
          },
        ],
      }),
    ),
  },
};
