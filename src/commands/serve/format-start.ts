import { styleText } from 'node:util';
import type { Mock } from '../../server/model/mock.ts';
import type { MockOptions } from '../../server/model/mock-options.ts';
import { formatTable } from '../common/format-table.ts';

interface StartOptions extends MockOptions {
  readonly version: string;
  /** The admin token, when it was made for this run; one that was given is known, and not shown. */
  readonly freshToken: string | undefined;
}

const authWords = {
  strict: 'strict: the exact credentials let in',
  lenient: 'lenient: any well-formed credentials let in',
  off: 'off: nobody is asked for credentials',
};

/** The only API answers at `/` too, unless another place was asked for. */
function alsoAtRoot({ apis }: Mock, { mount }: MockOptions): boolean {
  return apis.length === 1 && mount === undefined;
}

/** The first screen of `sparring serve`: each API, its base URL, its demo credentials, a curl line to paste, the admin URL. */
export function formatStart(mock: Mock, options: StartOptions): string {
  const rows = mock.apis.map(({ name, url, credentials }) => [name, url, credentials]);
  const curls = mock.apis.map(({ curl }) => `  ${curl}`);
  const state = options.data === undefined ? 'in memory' : `in ${options.data}`;
  return [
    `${styleText('bold', 'Sparring')} ${options.version} stands in for ${mock.apis.length === 1 ? 'one API' : `${mock.apis.length} APIs`}`,
    '',
    formatTable(['API', 'Base URL', 'Demo credentials'], rows, '  '),
    ...(alsoAtRoot(mock, options) ? ['', `  Also at ${mock.url}/`] : []),
    '',
    '  Try it:',
    ...curls,
    '',
    `  Admin   ${mock.url}/_sparring/health`,
    ...(options.freshToken === undefined ? [] : [`  Token   ${options.freshToken}`]),
    ...(options.auth === undefined ? [] : [`  Auth    ${authWords[options.auth]}`]),
    `  State   ${state}, seed ${options.seed ?? 1}`,
    '',
    styleText('dim', '  Ctrl-C stops.'),
  ].join('\n');
}
