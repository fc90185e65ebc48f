import { deriveFreshId } from '../../state/fresh-ids.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { unixSeconds } from './records.ts';
import { objectOf, textOf } from './text-of.ts';

/** POST /webhooks: the webhook belongs to the workspace that the settings name, and is active. */
export function createHiveWebhook({ body, settings, unit }: BehaviourContext): BehaviourResult {
  const given = objectOf({ body }, 'body');
  const webhooks = unit.collection('webhooks');
  const { id } = deriveFreshId(unit, 'webhooks', (derive) => derive.uuid('id'));
  const now = unixSeconds(unit);
  const webhook = webhooks.insert(id, {
    id,
    endpoint: given.endpoint,
    workspace: textOf(settings, 'workspace_id'),
    type: given.type,
    is_active: true,
    is_sandbox: given.is_sandbox,
    created_at: now,
    updated_at: now,
  });
  return { status: 201, body: webhook };
}
