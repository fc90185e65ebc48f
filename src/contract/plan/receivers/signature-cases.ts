import { withValueAt } from '../../../json/with-value-at.ts';
import type { Case } from '../../model/case.ts';
import type { Forgery } from '../../model/receiver-run.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery, type Stray } from './receiver-case.ts';
import type { ReceiverSubject } from './receiver-subject.ts';

const forgeries: readonly (readonly [Forgery, string])[] = [
  ['unsigned', 'without a signature'],
  ['emptied', 'with an empty signature'],
  ['bare', 'with the prefix of a signature, and no more'],
  ['halved', 'with half of a signature'],
  ['end-changed', 'with a signature that ends otherwise'],
  ['case-changed', 'with one letter of the signature in the other case'],
  ['weaker', 'signed by an older algorithm alone'],
  ['empty-key', 'signed with an empty key'],
];

/** What its provider did not sign so must be refused; the right signature among several must do. */
export function signatureCases(context: ReceiverPlanContext): readonly Case[] {
  if (context.traits.proofs.length === 0) return [];
  return [...forgedCases(context), ...changedBodies(context), ...rotationCases(context)];
}

/** A delivery that must be refused. */
export function forgedDelivery(context: ReceiverPlanContext, key: string, name: string, stray: Stray) {
  return receiverDelivery(context, context.main, key, undefined, { ...stray, name, expect: 'refused' });
}

function forgedCases(context: ReceiverPlanContext): readonly Case[] {
  const { main, otherSecrets, wrongSecret } = context;
  const secrets = [
    { what: 'wrong-secret', title: 'signed with a wrong secret', secrets: [wrongSecret] },
    ...otherSecrets.map((secret, index) => ({
      what: `other-secret${index === 0 ? '' : `-${index + 1}`}`,
      title: "signed with another subscription's secret",
      secrets: [secret],
    })),
  ];
  const strays: readonly (Stray & { readonly what: string; readonly title: string })[] = [
    ...[...forgeries, ...forgeriesOf(main)]
      .filter(([forgery]) => forgery !== 'empty-key' || context.traits.takesEmptyKey)
      .map(([forgery, title]) => ({ what: forgery, title, forgery })),
    ...secrets,
  ];
  return strays.map(({ what, title, ...stray }) => {
    const { delivery } = forgedDelivery(context, what, title, stray);
    return receiverCase(main, { ...forged, what, title, deliveries: [delivery] });
  });
}

/** A secret that is compared as a text must be compared whole; decoders of signatures may end where these do. */
function forgeriesOf({ policy }: ReceiverSubject): readonly (readonly [Forgery, string])[] {
  return policy.signature.scheme === 'secret-header'
    ? [['longer', 'with a character behind the secret']]
    : [];
}

const forged = { question: 'forgery', family: 'signatures', setting: 'signature' } as const;

/** Another body than the one that was signed; also once the right one is known. */
function changedBodies(context: ReceiverPlanContext): readonly Case[] {
  const { main, traits } = context;
  if (!traits.signsBody) return [];
  const right = receiverDelivery(context, main, 'byte-changed');
  const changed = changedByte(right.delivery.body);
  const other = {
    ...right.delivery,
    name: 'the same with one byte changed after signing',
    expect: 'refused',
    body: changed,
    signed: right.delivery.body,
  } as const;
  const unknown = receiverDelivery(context, main, 'byte-changed-at-once').delivery;
  const foreign = forgedDelivery(context, 'body-of-another', 'with the signature of another body', {
    signed: Buffer.from('{}'),
  });
  return [
    receiverCase(main, {
      ...forged,
      what: 'byte-changed',
      title: 'one byte changed after signing',
      deliveries: [{ ...other, body: changedByte(unknown.body), signed: unknown.body, id: unknown.id }],
    }),
    receiverCase(main, {
      ...forged,
      what: 'byte-changed-of-known',
      title: 'one byte changed, of a delivery that was accepted',
      deliveries: [right.delivery, other],
    }),
    receiverCase(main, {
      ...forged,
      what: 'body-of-another',
      title: 'with the signature of another body',
      deliveries: [foreign.delivery],
    }),
  ];
}

/** A letter of a text in JSON, and what stands before it in the text; escapes are passed over. */
const letterInText = /(:\s*"(?:[^"\\]|\\u[0-9a-f]{4}|\\.)*)([a-y])(?=(?:[^"\\]|\\.)*")/g;

/** The body with a letter of its last text changed, so that it is still JSON; without a text in it, with a space more. */
function changedByte(body: Uint8Array): Buffer {
  const text = Buffer.from(body).toString('utf8');
  const last = [...text.matchAll(letterInText)].at(-1);
  if (!last) return Buffer.from(text.replace(/\}$/, ' }'));
  const [, before = '', letter = ''] = last;
  const index = last.index + before.length;
  const next = String.fromCharCode(letter.charCodeAt(0) + 1);
  return Buffer.from(text.slice(0, index) + next + text.slice(index + 1));
}

function rotationCases(context: ReceiverPlanContext): readonly Case[] {
  const { main, secrets, traits, wrongSecret } = context;
  const [own] = secrets;
  if (!traits.takesSeveral || own === undefined) return [];
  const orders = [
    {
      what: 'other-first',
      title: 'another signature stands before the right one',
      secrets: [wrongSecret, own],
    },
    {
      what: 'other-last',
      title: 'another signature stands behind the right one',
      secrets: [own, wrongSecret],
    },
  ];
  return orders.map(({ secrets: both, title, what }) => {
    const { delivery } = receiverDelivery(context, main, what, undefined, { name: title, secrets: both });
    const parts = { question: 'rotation', family: 'signatures', setting: 'signature' } as const;
    return receiverCase(main, { ...parts, what, title, deliveries: [delivery] });
  });
}

/** The payload with a text where the document lets any stand; undefined where it does nowhere. */
export function withFreeText({ main }: Pick<ReceiverPlanContext, 'main'>, text: string) {
  const { freeText } = main;
  return freeText && text.length <= Math.max(freeText.room, 60)
    ? (payload: unknown) => withValueAt(payload, freeText.keys, text)
    : undefined;
}
