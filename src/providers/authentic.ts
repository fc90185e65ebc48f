import { isObject } from '../json/is-object.ts';
import { deriveFreshId } from '../state/fresh-ids.ts';
import type { BehaviourContext, BehaviourResult, Provider } from './model/provider.ts';

/** Characters of a hook's id. */
const idLength = 20;

/** POST /api/v2/producers/hooks */
function createHook({ body, unit }: BehaviourContext): BehaviourResult {
  const hooks = unit.collection('hooks');
  const given = isObject(body) ? body : {};
  const { id } = deriveFreshId(unit, 'hooks', (derive) => derive.text('id', idLength));
  const hook = hooks.insert(id, {
    id,
    data: {
      _updated: unit.now,
      url: given.url,
      _created: unit.now,
      type: 'httprequest',
      events: given.events,
      executed: 0,
      data: given.data ?? {},
    },
  });
  return { status: 200, body: hook };
}

/** GET /api/v2/producers/hooks */
function getHooks({ settings, unit }: BehaviourContext): BehaviourResult {
  const hooks = unit.collection('hooks').list();
  return {
    status: 200,
    body: { id: settings.producer_id, type: 'producer', hooks: hooks.map(({ value }) => value) },
  };
}

/** What authentic.network does beyond its document: a hook's fields stand one level down, in its data. */
export const authenticProvider: Provider = { behaviours: { createHook, getHooks } };
