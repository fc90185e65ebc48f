import { findApi } from '../../openapi/load/bundled-apis.ts';
import { loadDocument } from '../../openapi/load/load-document.ts';
import type { RunReport } from '../model/run-report.ts';
import type { ReceiverCheckOptions } from './run-receiver-checks.ts';

/**
 * Checks a webhook receiver as `sparring check-receiver` does, and gives its report: `counts.fatal` is 0 where nothing failed.
 * Secrets are hidden in it.
 *
 * @param api name of a bundled API, path of an OpenAPI document, or a document at hand
 * @throws SparringError `target-unreachable`; `usage`; as `loadDocument` does
 */
export async function checkReceiver(
  api: string | { readonly name: string; readonly document: unknown },
  options: ReceiverCheckOptions,
): Promise<RunReport> {
  const document = await loadDocument(typeof api === 'string' ? findApi(api) : api);
  // Loaded with the first check: whoever only wants a mock does not wait for the contract kit.
  const [{ runReceiverChecks }, { safeReport }] = await Promise.all([
    import('./run-receiver-checks.ts'),
    import('../report/content/safe-report.ts'),
  ]);
  return safeReport(await runReceiverChecks(document, options), receiverCredentials(options));
}

/** Secrets in the form in which reports hide credentials. */
export function receiverCredentials({ secret }: Pick<ReceiverCheckOptions, 'secret'>) {
  const secrets = secret === undefined ? [] : [secret].flat();
  return { apiKeys: Object.fromEntries(secrets.map((each, index) => [`secret ${index + 1}`, each])) };
}
