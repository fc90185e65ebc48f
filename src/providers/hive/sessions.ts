import { SparringError } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import { deriveFreshId } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext, BehaviourResult, Control, ProviderContext } from '../model/provider.ts';
import { addressed, existingRecord, requiredText, unixSeconds } from './records.ts';
import { signSessionToken } from './session-token.ts';
import { numberOf, textOf } from './text-of.ts';

const hour = 3_600_000;

/** POST /sessions: keeps a session for an existing customer and answers nothing but its token. */
export async function createSession(context: BehaviourContext): Promise<BehaviourResult> {
  const { unit, settings } = context;
  const customer = existingRecord(unit, 'customers', requiredText(context, 'customer_id'));
  // Any key is taken: it comes from the provider's dashboard, which has no counterpart here.
  requiredText(context, 'application_key');
  const sessions = unit.collection('sessions');
  const { id } = deriveFreshId(unit, 'sessions', (derive) => derive.uuid('id'));
  const issuedAt = unixSeconds(unit);
  const expiresAt = issuedAt + Math.max(1, Math.round(numberOf(settings, 'session_ttl', hour) / 1000));
  sessions.insert(id, {
    id,
    customer: customer.id,
    full_name: fullName(customer.value),
    email: textOf(customer.value, 'email'),
    application_id: textOf(settings, 'application_id'),
    workspace_id: textOf(settings, 'workspace_id'),
    check_id: null,
    intent: null,
    status: 'created',
    expires_at: expiresAt,
    created_at: issuedAt,
    updated_at: issuedAt,
  });
  unit.schedule({ task: 'expireSession', dueAt: expiresAt * 1000, collection: 'sessions', id });
  const delay = numberOf(settings, 'session_autocomplete', 0);
  if (delay > 0)
    unit.schedule({ task: 'completeSession', dueAt: unit.now + delay, collection: 'sessions', id });
  return {
    status: 201,
    body: { session_token: await signSessionToken(unit, { sessionId: id, issuedAt, expiresAt }) },
  };
}

/**
 * DELETE /sessions/{id}: answers the id alone, as the documented sample does. The session's check stays: the document
 * speaks of deleted checks for customers only.
 */
export function deleteSession(context: BehaviourContext): BehaviourResult {
  const session = addressed(context, 'sessions');
  context.unit.collection('sessions').delete(session.id);
  return { status: 200, body: { id: session.id } };
}

/** What the SDK reports when the customer has finished. */
export const finishSession: Control = ({ unit }, session) => endSession(unit, session, 'completed');

/** What the SDK reports when the customer has given up. */
export const cancelSession: Control = ({ unit }, session) => endSession(unit, session, 'canceled');

/** Due when the `session_autocomplete` setting says so: finishes a session that nobody has ended. */
export function completeSession({ unit }: ProviderContext, session: StoredRecord): void {
  if (session.value.status === 'created' && !isPastExpiry(unit, session))
    endSession(unit, session, 'completed');
}

/** Due at `expires_at`. */
export function expireSession({ unit }: ProviderContext, session: StoredRecord): void {
  if (session.value.status === 'created') changeSession(unit, session, { status: 'expired' });
}

/** Writes the changed fields and the time of the change. */
export function changeSession(unit: UnitOfWork, session: StoredRecord, change: RecordValue): StoredRecord {
  return unit
    .collection('sessions')
    .replace(session.id, { ...session.value, ...change, updated_at: unixSeconds(unit) });
}

function endSession(unit: UnitOfWork, session: StoredRecord, status: 'completed' | 'canceled'): StoredRecord {
  const current = isPastExpiry(unit, session) ? 'expired' : session.value.status;
  if (current === 'created') return changeSession(unit, session, { status });
  throw new SparringError(
    'conflict',
    `The session ${session.id} is ${current} and cannot become ${status}.`,
    {
      next: 'Create another session for the customer.',
    },
  );
}

/** A clock that was set rather than advanced can stand past the expiry before the expiry has been written. */
function isPastExpiry(unit: UnitOfWork, { value }: StoredRecord): boolean {
  return (
    value.status === 'created' && unit.now >= numberOf(value, 'expires_at', Number.POSITIVE_INFINITY) * 1000
  );
}

function fullName(customer: RecordValue): string | null {
  const names = ['first_name', 'middle_name', 'last_name'].map((field) => textOf(customer, field));
  return names.filter((name) => name !== null).join(' ') || null;
}
