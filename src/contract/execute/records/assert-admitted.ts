import { SparringError } from '../../../errors.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import { isSafe } from '../../plan/requests/is-safe.ts';
import { referencesIn } from '../../plan/requests/request-templates.ts';
import { type CredentialOptions, isGiven, isSilent } from '../credentials/credentials.ts';
import type { Environment } from '../environment/environment.ts';
import { sendRequest } from './send-request.ts';

/** One refusal may be of an operation that others may call; of so many, none is. */
const mostAsked = 3;

/**
 * Finds out whether the given credentials are good, by a request that only reads, before anything else is sent. Says so where they
 * are sent although the document does not ask for any.
 *
 * @param planned the operations of the plan, which are asked first
 * @throws SparringError `credentials-refused`
 */
export async function assertAdmitted(
  environment: Environment,
  given: CredentialOptions,
  planned: ReadonlySet<Operation>,
): Promise<void> {
  if (!isGiven(given)) return;
  const { context, namespace, notices, transport } = environment;
  const { operations } = context.document;
  const isUnasked = isSilent(context.document);
  if (isUnasked)
    notices.push(
      'the document does not say that credentials are asked for (security, components.securitySchemes); those that were given are sent all the same, and nobody can judge whether they are enforced',
    );
  const readable = operations
    .filter((operation) => isSafe(operation.method) && (operation.security.length > 0 || isUnasked))
    .map((operation) => ({ operation, ...baseRequest(context, operation) }))
    .filter(({ template }) => referencesIn(template).length === 0);
  // What is planned first, and what is asked for by no name before what names something.
  const rank = ({ operation }: { readonly operation: Operation }) =>
    (planned.has(operation) ? 0 : 2) + (operation.path.includes('{') ? 1 : 0);
  const refusals: string[] = [];
  for (const { operation, template } of readable.toSorted((one, other) => rank(one) - rank(other))) {
    const exchange = await sendRequest(environment, {
      operation,
      template,
      expect: 'any',
      role: 'setup',
      namespace,
    });
    if ('missing' in exchange || !exchange.response) continue;
    const { status } = exchange.response;
    if (status !== 401 && status !== 403) return;
    refusals.push(`${template.method} ${operation.path} ${status}`);
    if (refusals.length === mostAsked) break;
  }
  if (refusals.length > 0)
    throw new SparringError(
      'credentials-refused',
      `${transport.url} refuses the given credentials: it answered ${refusals.join(', ')}.`,
    );
}
