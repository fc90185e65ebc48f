import type { Plan } from '../../model/plan.ts';
import type { RequestTemplate } from '../../model/request-template.ts';

/** A plan as lines: each case with what it needs and the steps it takes. */
export function formatPlan({ cases, gaps, seed }: Plan): string {
  const lines = cases.map(({ id, preconditions, steps, title }) => {
    const made = preconditions.map(({ collection, usableFor }) =>
      usableFor === undefined ? collection : `${collection} good for ${usableFor}`,
    );
    const taken = steps.map(({ expect, name, operation, request }) =>
      name === 'probe'
        ? `${request.method} ${operation.path}${valuesOf(request)} → ${expect}`
        : `${name} ${operation.id} → ${expect}`,
    );
    return `${id}\n    ${title}\n    ${[...made.map((precondition) => `needs ${precondition}`), ...taken].join('; ')}`;
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
