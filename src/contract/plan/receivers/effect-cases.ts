import type { Case } from '../../model/case.ts';
import { repetitions } from './duplicate-cases.ts';
import {
  type MadeDelivery,
  type ReceiverPlanContext,
  receiverCase,
  receiverDelivery,
} from './receiver-case.ts';
import { forgedDelivery } from './signature-cases.ts';

/** What only the receiver's own state shows; made where there is a probe. */
export function effectCases(context: ReceiverPlanContext): readonly Case[] {
  if (!context.hasProbe) return [];
  return [...onceCases(context), ...untouchedCases(context), ...storedCases(context)];
}

/** Two single deliveries, to see what one does, and one that comes more than once. */
function onceCases(context: ReceiverPlanContext): readonly Case[] {
  const { main } = context;
  return repetitions.map(({ attempts, title, what }) => {
    const single = [1, 2].map((index) => receiverDelivery(context, main, `${what} single ${index}`));
    const repeated = receiverDelivery(context, main, `${what} effect`);
    const again = attempts.map((attempt) => ({ ...repeated.delivery, ...attempt }));
    return receiverCase(main, {
      question: 'effect',
      family: 'effects',
      what: `once-${what}`,
      title: `${title}; it works once`,
      setting: 'success',
      deliveries: [...single.map(({ delivery }) => delivery), ...again],
      arms: [...single.map(armOf), { deliveries: again.length, tokens: repeated.tokens }],
    });
  });
}

function armOf({ tokens }: MadeDelivery) {
  return { deliveries: 1, tokens };
}

/** Nothing, to see what changes by itself, and then forgeries. */
function untouchedCases(context: ReceiverPlanContext): readonly Case[] {
  const { main, traits, wrongSecret } = context;
  if (traits.proofs.length === 0) return [];
  const made = [
    forgedDelivery(context, 'untouched unsigned', 'without a signature', { forgery: 'unsigned' }),
    forgedDelivery(context, 'untouched wrong', 'signed with a wrong secret', { secrets: [wrongSecret] }),
    forgedDelivery(context, 'untouched end', 'with a signature that ends otherwise', {
      forgery: 'end-changed',
    }),
  ];
  return [
    receiverCase(main, {
      question: 'untouched',
      family: 'effects',
      what: 'none-of-forgeries',
      title: 'forgeries leave no trace',
      setting: 'signature',
      deliveries: made.map(({ delivery }) => delivery),
      arms: [
        { deliveries: 0, tokens: [] },
        { deliveries: made.length, tokens: made.flatMap(({ tokens }) => tokens) },
      ],
    }),
  ];
}

function storedCases(context: ReceiverPlanContext): readonly Case[] {
  const { hasKill, main } = context;
  if (!hasKill) return [];
  const made = [1, 2, 3].map((index) => receiverDelivery(context, main, `stored ${index}`));
  return [
    receiverCase(main, {
      question: 'stored',
      family: 'effects',
      what: 'stored-before-answered',
      title: 'what was answered is there after a kill',
      setting: 'success',
      deliveries: made.map(({ delivery }) => delivery),
      arms: made.map(armOf),
      kills: true,
    }),
  ];
}
