import type { Clock } from '../../clock.ts';
import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { type AdminBehaviour, millisecondsOf } from './admin-behaviour.ts';

/** The last moment that RFC 3339 can write: the end of the year 9999. */
const lastMoment = Date.UTC(10_000, 0, 1) - 1;

/** The time a namespace lives in. */
export const clockBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  getClock: ({ served }) => ({ status: 200, body: viewClock(served.namespace.clock) }),
  async setClock({ body, served }) {
    const { clock } = served.namespace;
    const { advance, frozen, now, scale } = objectOrEmpty(body);
    const start = typeof now === 'string' ? Date.parse(now) : undefined;
    const step = millisecondsOf(advance);
    // All is checked before anything changes.
    assertMoment((start ?? clock.now()) + (step ?? 0));
    if (frozen === true) clock.freeze();
    if (frozen === false) clock.resume();
    if (typeof scale === 'number') clock.scale(scale);
    if (start !== undefined) await clock.set(start);
    if (step !== undefined) await clock.advance(step);
    return { status: 200, body: viewClock(clock) };
  },
};

/** A leap second passes as a date-time (RFC 3339, section 5.6), though no Date can hold it. */
function assertMoment(moment: number): void {
  if (moment <= lastMoment) return;
  throw new SparringError('invalid-request', 'The clock cannot go to a time that is none.', {
    next: 'Give a time before the year 10000 that is no leap second.',
  });
}

function viewClock(clock: Clock) {
  const { frozenAt, scale } = clock.setting;
  return { now: new Date(clock.now()).toISOString(), frozen: frozenAt !== null, scale };
}
