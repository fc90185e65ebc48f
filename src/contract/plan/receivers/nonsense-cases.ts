import type { Case } from '../../model/case.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery } from './receiver-case.ts';

const bodies: readonly (readonly [string, string, (body: Uint8Array) => string])[] = [
  ['no-json', 'a body that is no JSON', () => 'hello'],
  ['truncated', 'JSON that breaks off', (body) => halfOf(body)],
  ['empty', 'an empty body', () => ''],
  ['list', 'a list', () => '[]'],
  ['text', 'a text', () => '"sparring"'],
  ['null', 'null', () => 'null'],
];

/** Bodies that are rightly signed and no event. */
export function nonsenseCases(context: ReceiverPlanContext): readonly Case[] {
  const { main } = context;
  return bodies.map(([what, title, make]) => {
    const { delivery } = receiverDelivery(context, main, `nonsense ${what}`);
    const body = Buffer.from(make(delivery.body));
    const parts = { question: 'nonsense', family: 'nonsense', setting: 'success' } as const;
    return receiverCase(main, {
      ...parts,
      what,
      title,
      deliveries: [{ ...delivery, body, name: title, expect: 'refused' }],
    });
  });
}

function halfOf(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, Math.floor(body.length / 2))).toString('utf8');
}
