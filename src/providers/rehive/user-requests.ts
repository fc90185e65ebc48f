import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import type { Derivation } from '../../state/derivation.ts';
import { freeNumber } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { Control, ProviderContext } from '../model/provider.ts';

const app = 'https://app.rehive.com';
const digits = '0123456789';
const hexadecimal = '0123456789abcdef';

/** What a user is sent goes into a collection of its own, which fires the event. */
function sender(
  collection: string,
  fields: (derive: Derivation, user: RecordValue, body: RecordValue) => RecordValue,
): Control {
  return ({ unit }: ProviderContext, user: StoredRecord, body: unknown) => {
    const records = unit.collection(collection);
    const id = freeNumber(records);
    const derive = unit.derive(collection, records.nextOrdinal);
    records.insert(String(id), { id, ...fields(derive, user.value, objectOrEmpty(body)), user: user.value });
    return user;
  };
}

/** `users.request_password_reset`: user.password.reset */
export const requestPasswordReset: Control = sender('password_resets', (derive, user, { force }) => {
  const uid = Buffer.from(String(derive.integer('uid', 100_000, 999_999))).toString('base64url');
  const token = `${derive.text('stamp', 6, `${digits}abcdefghijklmnopqrstuvwxyz`)}-${derive.text('token', 32, hexadecimal)}`;
  const url = linkTo('/password/reset/confirm/', { uid, token, email: user.email });
  return { uid, url, token, force: force === true };
});

/** `users.request_email_verification`: user.email.verify */
export const requestEmailVerification: Control = sender('email_verifications', (derive, user, body) => {
  const email = addressIn(body, user, 'email');
  const number = derive.integer('email', 100_000, 999_999);
  const named = Buffer.from(JSON.stringify({ email: number })).toString('base64url');
  const key = `${named}:${derive.text('stamp', 6)}:${derive.text('key', 43)}`;
  return { key, url: linkTo('/email/verify/', { key, email }), email };
});

/** `users.request_mobile_verification`: user.mobile.verify */
export const requestMobileVerification: Control = sender('mobile_verifications', (derive, user, body) => {
  return { key: derive.text('key', 5, digits), mobile: addressIn(body, user, 'mobile') };
});

/** `users.request_sms_code`: mfa.sms.verify */
export const requestSmsCode: Control = sender('mfa_codes', (derive, user, body) => {
  return { token: derive.text('token', 6, digits), mobile: addressIn(body, user, 'mobile') };
});

/** What the control names, else what the user has. @throws SparringError `invalid-request` where neither does. */
function addressIn(body: RecordValue, user: RecordValue, field: 'email' | 'mobile'): string {
  const value = body[field] ?? user[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new SparringError('invalid-request', `The user has no ${field}.`, {
    next: `Name one in the body: { "${field}": "…" }.`,
  });
}

function linkTo(path: string, query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
  return `${app}${path}?${search}`;
}
