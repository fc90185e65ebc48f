import { isObject } from '../../../json/is-object.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import type { Case } from '../../model/case.ts';
import { payloadLeaves } from './payload-leaves.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery } from './receiver-case.ts';
import { withFreeText } from './signature-cases.ts';

/** Beyond 2^53, and what a double makes of it. */
const large = '9007199254740993';
const rounded = '9007199254740992';
const marker = 'By noon';

type Rewrite = (text: string) => string;

const forms: readonly (readonly [string, string, Rewrite])[] = [
  ['escaped-slashes', 'with slashes written as \\/', (text) => text.replace('By noon/', 'By noon\\/')],
  ['spaces', 'with ", " and ": " between its parts', spaced],
  ['unicode-escapes', 'with a letter written as \\u006e', (text) => text.replace(marker, 'By \\u006eoon')],
  ['other-order', 'with its keys in another order', reordered],
  ['newline', 'with a newline at its end', (text) => `${text}\n`],
];

/** The same JSON in other bytes, each rightly signed: whoever verifies what a parser made of them refuses it. */
export function byteCases(context: ReceiverPlanContext): readonly Case[] {
  const { main, traits } = context;
  if (!traits.signsBody) return [];
  const change = withFreeText(context, `${marker}/ever`) ?? ((payload: unknown) => payload);
  return forms.flatMap(([what, title, rewrite]) => {
    const plain = receiverDelivery(context, main, `${what} plain`, change).delivery;
    const other = receiverDelivery(context, main, what, change).delivery;
    const body = Buffer.from(rewrite(Buffer.from(other.body).toString('utf8')));
    if (body.equals(other.body)) return [];
    const parts = { question: 'bytes', family: 'bytes', setting: 'signature' } as const;
    return [
      receiverCase(main, { ...parts, what, title, deliveries: [plain, { ...other, body, name: title }] }),
    ];
  });
}

/** Numbers that JSON allows and many languages change. */
export function numberCases(context: ReceiverPlanContext): readonly Case[] {
  const { main } = context;
  const leaf = payloadLeaves(main.payload).find(
    ({ keys, value }) =>
      Number.isInteger(value) &&
      !/id$|version|updated|created|time/i.test(keys.at(-1) ?? '') &&
      main.allows(withValueAt(main.payload, keys, Number(large))),
  );
  if (!leaf) return [];
  const written = [
    ['1.0', 'an integer written as 1.0', '1.0'],
    ['1E3', 'an integer written as 1E3', '1E3'],
    ['beyond-2-53', `an integer beyond 2^53, ${large}`, large],
  ] as const;
  return written.map(([what, title, number]) => {
    // A text that stands nowhere else, in whose place the number is written.
    const mark = '\u0001number';
    const put = (payload: unknown) => withValueAt(payload, leaf.keys, mark);
    const { delivery } = receiverDelivery(context, main, `number ${what}`, put);
    const text = Buffer.from(delivery.body).toString('utf8');
    const body = Buffer.from(text.replace(JSON.stringify(mark), number));
    return receiverCase(main, {
      question: 'number',
      family: 'bytes',
      what,
      title,
      setting: 'contentType',
      deliveries: [{ ...delivery, body, name: title }],
      ...(context.hasProbe && number === large && { kept: { exact: large, rounded } }),
    });
  });
}

function spaced(text: string): string {
  const lines = JSON.stringify(JSON.parse(text), null, 1);
  return lines.replaceAll(/,\n\s*/g, ', ').replaceAll(/\n\s*/g, '');
}

function reordered(text: string): string {
  const value: unknown = JSON.parse(text);
  return isObject(value) ? JSON.stringify(Object.fromEntries(Object.entries(value).toReversed())) : text;
}
