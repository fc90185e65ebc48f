import { hkdfSync } from 'node:crypto';
import type { CredentialExtension } from '../../openapi/document/extension.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Characters: 142 bits. */
const leastLength = 24;

/**
 * A credential whose secrets nobody can read in a document: each that was not given is made from `key`, of letters and digits, as
 * long as the one in its place. Names stay, but for a user without a password, whose name is the secret.
 *
 * @param given what the user of Sparring has named, which stays as it is
 * @param key differs by API and scheme; the same key gives the same secrets
 */
export function privateCredential(
  credential: CredentialExtension,
  given: CredentialExtension | undefined,
  key: string,
): CredentialExtension {
  const made: { -readonly [Name in keyof CredentialExtension]: CredentialExtension[Name] } = {
    ...credential,
  };
  const { clientId, clientSecret, password, token, username } = credential;
  const keep = (name: keyof CredentialExtension) => given?.[name] !== undefined;
  if (token !== undefined && !keep('token')) made.token = secretText(token, `${key}/token`);
  if (clientId !== undefined && !keep('clientSecret') && !(keep('clientId') && clientSecret === undefined))
    made.clientSecret = secretText(clientSecret, `${key}/clientSecret`);
  if (username === undefined || keep('password')) return made;
  if (password) made.password = secretText(password, `${key}/password`);
  else if (!keep('username')) made.username = secretText(username, `${key}/username`);
  return made;
}

function secretText(sample: string | undefined, key: string): string {
  const length = Math.max(sample?.length ?? 0, leastLength);
  // Bytes that would make some letters likelier than others are left out.
  const bytes = new Uint8Array(hkdfSync('sha256', key, '', 'sparring credential', length * 2));
  const fair = bytes.filter((byte) => byte < 248);
  return Array.from(fair.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
