import { setTimeout as wait } from 'node:timers/promises';
import type { Bug } from '../receiver.ts';
import type { Event } from '../steps.ts';

const subject = 'shop-standard-webhooks';

/** Refuses by throwing, as code does that a TypeError surprises. */
function surprise(message: string): never {
  throw new TypeError(message);
}

function textOf({ fields }: Event, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : surprise(`Cannot read properties of ${value}`);
}

/** What is done with an event that is rightly signed: once, whatever it holds, in any order. */
export const workBugs: readonly Bug[] = [
  {
    name: 'works-twice',
    bug: 'carries out each attempt of a delivery',
    family: 'duplicates',
    seen: 'probe',
    subject,
    change: () => ({
      async keep({ event, store }) {
        store.put(event);
      },
    }),
  },
  {
    name: 'works-twice-at-once',
    bug: 'asks whether it knows the delivery, awaits, then works: two at once both do',
    family: 'duplicates',
    seen: 'probe',
    subject,
    change: () => ({
      async keep({ event, store }) {
        if (store.has(event.deliveryId)) return;
        await wait(30);
        store.put(event);
      },
    }),
  },
  {
    name: 'conflict-on-duplicate',
    bug: 'answers 409 to a delivery that it knows, so that the provider tries again',
    family: 'duplicates',
    subject,
    change: (right) => ({
      keep: async (work) =>
        work.store.has(work.event.deliveryId) ? { status: 409, body: 'duplicate' } : right.keep(work),
    }),
  },
  {
    name: 'fails-on-duplicate',
    bug: 'inserts under a unique key and answers 500 when the key is there',
    family: 'duplicates',
    subject,
    change: (right) => ({
      async keep(work) {
        if (work.store.has(work.event.deliveryId))
          throw new Error('duplicate key value violates unique constraint');
        return right.keep(work);
      },
    }),
  },
  {
    name: 'conflict-at-once',
    bug: 'answers 423 to a delivery that is being worked on',
    family: 'duplicates',
    subject,
    change(right) {
      const busy = new Set<string>();
      return {
        async keep(work) {
          const { deliveryId } = work.event;
          if (busy.has(deliveryId)) return { status: 423, body: 'locked' };
          busy.add(deliveryId);
          await wait(30);
          const done = await right.keep(work);
          busy.delete(deliveryId);
          return done;
        },
      };
    },
  },
  {
    name: 'loses-on-hang-up',
    bug: 'notes the delivery as known, and gives up when the sender hangs up before the answer',
    family: 'duplicates',
    seen: 'probe',
    subject,
    change(right) {
      const known = new Set<string>();
      return {
        async keep(work) {
          if (known.has(work.event.deliveryId)) return undefined;
          known.add(work.event.deliveryId);
          await wait(50);
          return work.response.destroyed ? undefined : right.keep(work);
        },
      };
    },
  },
  {
    name: 'one-event-an-order',
    bug: 'takes the order for the delivery, so that a second event about it is a duplicate',
    family: 'order',
    seen: 'probe',
    subject,
    change: (right) => ({
      keep: (work) =>
        right.keep({
          ...work,
          event: { ...work.event, deliveryId: work.event.key ?? work.event.deliveryId },
        }),
    }),
  },
  {
    name: 'fails-on-unknown-event',
    bug: 'answers 500 to an event that it has no code for',
    family: 'unknown',
    subject,
    change: (right) => ({
      keep: (work) => (work.event.known ? right.keep(work) : surprise('handlers[type] is not a function')),
    }),
  },
  {
    name: 'refuses-unknown-event',
    bug: 'answers 400 to an event that it has no code for, so that the provider tries again',
    family: 'unknown',
    seen: 'told',
    subject,
    change: (right) => ({
      keep: async (work) => (work.event.known ? right.keep(work) : { status: 400, body: 'unknown event' }),
    }),
  },
  {
    name: 'fails-on-null',
    bug: 'answers 500 where an optional field is null',
    family: 'unknown',
    subject,
    change: () => ({
      use(event) {
        if ('note' in event.fields) textOf(event, 'note').trim();
      },
    }),
  },
  {
    name: 'fails-without-optional-field',
    bug: 'answers 500 where an optional field is missing',
    family: 'events',
    subject,
    change: () => ({
      use(event) {
        if (event.fields.email === undefined) surprise('Cannot read properties of undefined');
      },
    }),
  },
  {
    name: 'fails-on-one-event',
    bug: 'answers 500 to order.deleted alone',
    family: 'events',
    subject,
    change: () => ({
      use: (event) =>
        event.type === 'order.deleted' ? surprise('orders.remove is not a function') : undefined,
    }),
  },
  {
    name: 'fails-on-unknown-field',
    bug: 'answers 500 where a field came that its strict mapper does not know',
    family: 'unknown',
    subject,
    change: () => ({
      use({ fields }) {
        const known = ['id', 'status', 'total', 'updated_at', 'note', 'email'];
        const other = Object.keys(fields).find((name) => !known.includes(name));
        if (other !== undefined) throw new Error(`Unrecognized field "${other}"`);
      },
    }),
  },
  {
    name: 'refuses-unknown-field',
    bug: 'answers 422 where a field came that its schema does not know',
    family: 'unknown',
    seen: 'told',
    subject,
    change: () => ({
      use({ fields }) {
        const known = ['id', 'status', 'total', 'updated_at', 'note', 'email'];
        if (Object.keys(fields).some((name) => !known.includes(name)))
          return { status: 422, body: 'unknown field' };
        return undefined;
      },
    }),
  },
  {
    name: 'fails-on-unknown-value',
    bug: 'answers 500 to a status that its table does not hold',
    family: 'unknown',
    subject,
    change: () => ({
      use(event) {
        const labels = new Map([
          ['open', 'Open'],
          ['paid', 'Paid'],
          ['sent', 'Sent'],
        ]);
        if (!labels.has(textOf(event, 'status'))) throw new Error('No enum constant');
      },
    }),
  },
  {
    name: 'older-over-newer',
    bug: 'lets an older update replace a newer one that came first',
    family: 'order',
    seen: 'probe',
    subject,
    change: () => ({
      async keep({ event, store }) {
        if (store.has(event.deliveryId)) return;
        const known = event.key === null ? undefined : store.find(event.key);
        if (event.known && known?.action !== 'deleted') store.put(event);
        else store.count(event.deliveryId);
      },
    }),
  },
  {
    name: 'older-over-newer-rehive',
    bug: 'lets an older update replace a newer one that came first',
    family: 'order',
    seen: 'probe',
    subject: 'rehive',
    change: () => ({
      async keep({ event, store }) {
        if (!store.has(event.deliveryId)) store.put(event);
      },
    }),
  },
  {
    name: 'revives-deleted',
    bug: 'makes a deleted order again when a late update comes',
    family: 'order',
    seen: 'probe',
    subject,
    change: (right) => ({
      async keep(work) {
        const { event, store } = work;
        const known = event.key === null ? undefined : store.find(event.key);
        if (known?.action !== 'deleted' || store.has(event.deliveryId)) return right.keep(work);
        store.put(event);
        return undefined;
      },
    }),
  },
  {
    name: 'fails-on-update-before-create',
    bug: 'answers 500 to an update of an order that it does not know yet',
    family: 'order',
    subject,
    change: (right) => ({
      async keep(work) {
        const { action, key } = work.event;
        if (action === 'updated' && key !== null && !work.store.find(key)) surprise('order is undefined');
        return right.keep(work);
      },
    }),
  },
  {
    name: 'fails-on-delete-before-create',
    bug: 'answers 500 to the deletion of an order that it does not know',
    family: 'order',
    subject,
    change: (right) => ({
      async keep(work) {
        const { action, key } = work.event;
        if (action === 'deleted' && key !== null && !work.store.find(key)) surprise('order is undefined');
        return right.keep(work);
      },
    }),
  },
  {
    name: 'drops-update-before-create',
    bug: 'answers 200 to an update of an order that it does not know yet, and forgets it',
    family: 'order',
    seen: 'probe',
    subject,
    change: (right) => ({
      async keep(work) {
        const { action, key, deliveryId } = work.event;
        if (action !== 'updated' || key === null || work.store.find(key)) return right.keep(work);
        work.store.count(deliveryId);
        return undefined;
      },
    }),
  },
  {
    name: 'answers-before-storing',
    bug: 'answers, and stores half a second later: what is killed between is lost',
    family: 'kill',
    seen: 'kill',
    subject,
    change: (right) => ({
      async keep(work) {
        work.answer({ status: 200, body: 'ok' });
        await wait(500);
        await right.keep(work);
      },
    }),
  },
];
