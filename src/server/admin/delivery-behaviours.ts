import { SparringError } from '../../errors.ts';
import type { DeliveryFilter, DeliveryState } from '../../model/delivery.ts';
import type { DeliveryLog } from '../../model/delivery-log.ts';
import { type AdminBehaviour, type AdminContext, optionalText } from './admin-behaviour.ts';
import { viewDelivery } from './view-delivery.ts';

const states: readonly DeliveryState[] = [
  'pending',
  'delivered',
  'exhausted',
  'disabled',
  'blocked',
  'cancelled',
  'dropped',
];

/** Every delivery and its attempts: seen, sent again, given up, waited for. */
export const deliveryBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listDeliveries({ query, served }) {
    const { limit, offset, ...filter } = query;
    const { log } = served.emitter;
    const page = { limit: Number(limit ?? 100), offset: Number(offset ?? 0) };
    const wanted = filter satisfies DeliveryFilter;
    const deliveries = log.list(wanted, page).map((delivery) => viewDelivery(delivery));
    return { status: 200, body: { total: log.count(wanted), deliveries } };
  },
  getDelivery: (context) => ({ status: 200, body: show(context) }),
  async resendDelivery(context) {
    const { id } = find(context);
    await context.served.emitter.dispatcher.resend(id);
    return { status: 202, body: show(context) };
  },
  async cancelDelivery(context) {
    const { id } = find(context);
    await context.served.emitter.dispatcher.cancel(id);
    return { status: 200, body: show(context) };
  },
  async drainDeliveries({ served }) {
    await served.emitter.dispatcher.drain();
    return { status: 200, body: countsOf(served.emitter.log) };
  },
  async awaitDeliveries({ served }) {
    await served.emitter.dispatcher.whenIdle();
    return { status: 200, body: countsOf(served.emitter.log) };
  },
};

function find({ path, served }: AdminContext) {
  const id = optionalText(path.id);
  const delivery = served.emitter.log.get(id);
  if (delivery) return delivery;
  throw new SparringError('record-not-found', `There is no delivery "${id.slice(0, 100)}".`, {
    next: 'See which there are: GET /_sparring/deliveries.',
  });
}

function show(context: AdminContext) {
  const delivery = find(context);
  return viewDelivery(delivery, context.served.emitter.log.attempts(delivery.id));
}

function countsOf(log: DeliveryLog): Readonly<Record<string, number>> {
  const counts = states.map((state) => [state, log.count({ state })] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
