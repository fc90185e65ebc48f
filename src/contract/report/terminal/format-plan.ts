import type { Case } from '../../model/case.ts';
import type { Plan } from '../../model/plan.ts';
import type { RequestTemplate } from '../../model/request-template.ts';

/**
 * A plan as lines: each case with what it needs and the steps it takes.
 *
 * @param leftOut why a case is not sent to a server that the run does not start itself; undefined: it is
 */
export function formatPlan(
  { cases, gaps, seed }: Plan,
  leftOut: (planned: Case) => string | undefined = () => undefined,
): string {
  const lines = cases.map((planned) => {
    const { id, preconditions, steps, title } = planned;
    const why = leftOut(planned);
    const made = preconditions.map(({ collection, usableFor }) =>
      usableFor === undefined ? collection : `${collection} good for ${usableFor}`,
    );
    const taken = steps.map(({ expect, name, operation, request }) =>
      name === 'probe'
        ? `${request.method} ${operation.path}${valuesOf(request)} → ${expect}`
        : `${name} ${operation.id} → ${expect}`,
    );
    return `${id}\n    ${title}\n    ${[...made.map((precondition) => `needs ${precondition}`), ...taken].join('; ')}${why === undefined ? '' : `\n    ${why}`}`;
  });
  const missing = gaps.map(({ operation, phase, reason }) => `no ${phase} of ${operation}: ${reason}`);
  return [...lines, ...missing, `${cases.length} cases, seed ${seed}. Nothing was sent.`].join('\n');
}

/** Characters of the values of a request that are shown. */
const mostShown = 200;

/** What a request asks and says, as far as it fits. */
function valuesOf({ body, query }: RequestTemplate): string {
  const said = body?.raw ?? (body?.value === undefined ? '' : JSON.stringify(body.value));
  const asked = Object.keys(query).length === 0 ? '' : `?${JSON.stringify(query)}`;
  const text = [asked, said].filter((part) => part !== '').join(' ');
  return text === '' ? '' : ` ${text.slice(0, mostShown)}${text.length > mostShown ? '…' : ''}`;
}
