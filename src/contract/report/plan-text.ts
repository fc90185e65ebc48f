import type { Plan } from '../types.ts';

/** A plan as lines: each case with what it needs and the steps it takes. */
export function formatPlan({ cases, gaps, seed }: Plan): string {
  const lines = cases.map(({ id, needs, steps, title }) => {
    const made = needs.map(({ collection, usableFor }) =>
      usableFor === undefined ? collection : `${collection} good for ${usableFor}`,
    );
    const taken = steps.map(({ expect, name, operation, request }) =>
      name === 'probe'
        ? `${request.method} ${operation.path} → ${expect}`
        : `${name} ${operation.id} → ${expect}`,
    );
    return `${id}\n    ${title}\n    ${[...made.map((need) => `needs ${need}`), ...taken].join('; ')}`;
  });
  const missing = gaps.map(({ operation, phase, reason }) => `no ${phase} of ${operation}: ${reason}`);
  return [...lines, ...missing, `${cases.length} cases, seed ${seed}. Nothing was sent.`].join('\n');
}
