import { SparringError } from '../../errors.ts';
import { sameSecret } from '../auth/credentials.ts';
import type { RequestHeaders } from '../message/api-message.ts';
import { headerOf } from '../message/api-message.ts';
import { assertHost, type Exposure } from '../routing/exposure.ts';

/**
 * Lets only those steer the mock who may: no page of another origin (the admin API has no CORS, and what a browser sends
 * without asking first carries an Origin), no strange Host, and the token where one is set.
 *
 * @throws SparringError `host-refused`, `origin-refused` or `unauthorized`
 */
export function assertAdminCaller(
  exposure: Exposure,
  token: string | undefined,
  headers: RequestHeaders,
): void {
  assertHost(exposure, headers);
  const origin = headerOf(headers, 'origin');
  if (origin !== undefined && !isSameOrigin(origin, headerOf(headers, 'host'))) {
    throw new SparringError('origin-refused', 'Pages of another origin may not call the admin API.', {
      next: 'Call it from a terminal, a test, or a page that this server itself serves.',
    });
  }
  if (token === undefined) return;
  const given = headerOf(headers, 'authorization')?.replace(/^bearer /i, '') ?? '';
  if (!sameSecret(given, token)) {
    throw new SparringError(
      'unauthorized',
      'The admin API of a server that is open to other machines needs its token.',
      {
        next: 'Send "Authorization: Bearer <token>" with the token that was printed at the start.',
        headers: { 'www-authenticate': 'Bearer realm="sparring-admin"' },
      },
    );
  }
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
