import type { Case } from '../../model/case.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery, type Stray } from './receiver-case.ts';

/** How an event comes more than once. */
export const repetitions: readonly {
  readonly what: string;
  readonly title: string;
  readonly attempts: readonly Stray[];
}[] = [
  {
    what: 'again',
    title: 'a second attempt after a success',
    attempts: [{}, { name: 'the same again' }],
  },
  {
    what: 'after-broken-connection',
    title: 'a second attempt after the connection broke before the answer',
    attempts: [{ name: 'hung up on', hangsUp: true, expect: 'any' }, { name: 'the same again' }],
  },
  {
    what: 'five-at-once',
    title: 'five attempts at the same time',
    attempts: [{ name: 'five at the same time', times: 5 }],
  },
];

const parts = { question: 'duplicate', family: 'duplicates', setting: 'success' } as const;

/** Attempts at one delivery, of which each must be answered with success. */
export function duplicateCases(context: ReceiverPlanContext): readonly Case[] {
  const { main } = context;
  return repetitions.map(({ attempts, title, what }) => {
    const { delivery } = receiverDelivery(context, main, what);
    const deliveries = attempts.map((attempt) => ({ ...delivery, ...attempt }));
    return receiverCase(main, { ...parts, what, title, deliveries });
  });
}
