import { type Clock, lastMoment, toDateTime } from '../../clock.ts';
import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { type AdminBehaviour, millisecondsOf } from './admin-behaviour.ts';
import { assertStored } from './assert-stored.ts';

/** The time a namespace lives in. */
export const clockBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  getClock: ({ served }) => ({ status: 200, body: viewClock(served.namespace.clock) }),
  async setClock({ body, served, signal }) {
    const { clock } = served.namespace;
    const { advance, frozen, now, scale, within } = objectOrEmpty(body);
    const start = typeof now === 'string' ? Date.parse(now) : undefined;
    const step = millisecondsOf(advance);
    // All is checked before anything changes.
    assertMoment((start ?? clock.now()) + (step ?? 0));
    const limit = millisecondsOf(within);
    const cuts = [signal ?? [], limit === undefined ? [] : AbortSignal.timeout(limit)].flat();
    const cut = cuts.length === 0 ? undefined : AbortSignal.any(cuts);
    if (frozen === true) clock.freeze();
    if (frozen === false) clock.resume();
    if (typeof scale === 'number') clock.scale(scale);
    const target = step === undefined ? start : (start ?? clock.now()) + step;
    try {
      if (start !== undefined) await clock.set(start, cut);
      if (step !== undefined) await clock.advance(step, cut);
    } catch (error) {
      if (!cut?.aborted || error !== cut.reason) throw error;
      return { status: 200, body: { ...viewClock(clock), target: toDateTime(target ?? clock.now()) } };
    }
    await assertStored(clock.kept(), 'The clock was changed');
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
  const { target } = clock;
  return {
    now: toDateTime(clock.now()),
    frozen: frozenAt !== null,
    scale,
    ...(target !== undefined && { target: toDateTime(target) }),
  };
}
