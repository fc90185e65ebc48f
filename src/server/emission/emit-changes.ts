import { isDeepStrictEqual } from 'node:util';
import type { EventEntry } from '../../model/event.ts';
import type { CommittingUnit, UnitChange } from '../../state/unit-of-work.ts';
import type { Admits } from '../model/admits.ts';
import type { ServedApi } from '../model/served-api.ts';
import { eventContext, unitContext } from './emission-context.ts';
import { type EmissionPlan, emissionPlanOf } from './emission-plan.ts';
import { makeDelivery, type Occurrence, occur, recipientOf, subscribersOf } from './make-deliveries.ts';

/**
 * Adds to a unit on its way to commit the events that its changes fire, and a delivery for each subscription that is told
 * of one, those that behaviours emitted themselves included.
 *
 * @throws SparringError `answer-invalid` for a payload that breaks the document.
 */
export function emitChanges(api: ServedApi, unit: CommittingUnit, admits: Admits): void {
  const plan = emissionPlanOf(api);
  const emitted = [...unit.events];
  for (const change of firing(plan, unit)) emitChange(api, plan, unit, change, admits);
  for (const entry of emitted) emitByHand(api, plan, unit, entry, admits);
}

/** The changes of collections that fire anything, taken before deliveries add changes of their own. */
function firing(plan: EmissionPlan, unit: CommittingUnit): readonly UnitChange[] {
  let found: UnitChange[] | undefined;
  for (const change of unit.changes()) {
    if (plan.emitsOf(change.collection).length === 0) continue;
    found ??= [];
    found.push(change);
  }
  return found ?? [];
}

function emitChange(
  api: ServedApi,
  plan: EmissionPlan,
  unit: CommittingUnit,
  change: UnitChange,
  admits: Admits,
): void {
  const changed = { before: change.before?.value ?? null, after: change.after?.value ?? null };
  const values = { ...changed, changed: changedFields(change), settings: api.settings };
  for (const rule of plan.emitsOf(change.collection)) {
    if (!rule.holds(values)) continue;
    const { event, payload = '$after', to } = rule.extension;
    const known = { ...unitContext(api, unit), ...changed };
    const occurrence = occur(plan, unit, { event, payload }, known);
    const recipients = to === 'self' ? itself(api, plan, unit, change) : subscribersOf(api, unit, occurrence);
    for (const recipient of recipients) makeDelivery(api, unit, occurrence, recipient, admits);
  }
}

/** Names of the fields that were not as they are now. */
function changedFields({ after, before }: UnitChange): readonly string[] {
  const [was, is] = [before?.value ?? {}, after?.value ?? {}];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].filter((name) => !isDeepStrictEqual(was[name], is[name]));
}

/** A changed record that is itself a subscription, told whatever it subscribes to. */
function itself(api: ServedApi, plan: EmissionPlan, unit: CommittingUnit, { after, collection }: UnitChange) {
  const rule = plan.subscriptionOf(collection);
  const recipient = rule && after && recipientOf(api, unit, rule, after);
  return recipient ? [recipient] : [];
}

function emitByHand(
  api: ServedApi,
  plan: EmissionPlan,
  unit: CommittingUnit,
  entry: EventEntry,
  admits: Admits,
): void {
  const facts = { ...unitContext(api, unit), ...eventContext(entry) };
  const definition = plan.webhook(entry.name);
  const payloadFor = () => entry.payload;
  const occurrence: Occurrence = { event: entry.name, entry, definition, payloadFor, facts };
  for (const recipient of subscribersOf(api, unit, occurrence)) {
    makeDelivery(api, unit, occurrence, recipient, admits);
  }
}
