import type { Clock } from '../../clock.ts';
import { parseDuration } from '../../duration.ts';
import { objectOrEmpty } from '../../openapi/is-object.ts';
import type { AdminBehaviour } from './admin-behaviour.ts';

/** The time a namespace lives in. */
export const clockBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  getClock: ({ served }) => ({ status: 200, body: viewClock(served.namespace.clock) }),
  async setClock({ body, served }) {
    const { clock } = served.namespace;
    const { advance, frozen, now, scale } = objectOrEmpty(body);
    if (frozen === true) clock.freeze();
    if (frozen === false) clock.resume();
    if (typeof scale === 'number') clock.scale(scale);
    if (typeof now === 'string') await clock.set(Date.parse(now));
    if (typeof advance === 'string' || typeof advance === 'number')
      await clock.advance(parseDuration(advance));
    return { status: 200, body: viewClock(clock) };
  },
};

function viewClock(clock: Clock) {
  const { frozenAt, scale } = clock.setting;
  return { now: new Date(clock.now()).toISOString(), frozen: frozenAt !== null, scale };
}
