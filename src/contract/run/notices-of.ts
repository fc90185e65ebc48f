import type { PlannedRun } from '../execute/contract-run.ts';

/** What of the document was wrong and is read all the same, or is of no use; a sentence each, without a full stop. */
export function noticesOf({ context, plan }: PlannedRun): readonly string[] {
  const { document, validators } = context;
  const operations = plan.cases.flatMap((planned) => [
    planned.operation,
    ...planned.steps.map(({ operation }) => operation),
  ]);
  // All schemas are met before the first request leaves, so that a run does not learn in its middle what it cannot judge.
  for (const operation of new Set(operations)) validators.faultOf(operation, 'response');
  return [
    ...document.warnings().map((warning) => warning.replace(/\.$/, '')),
    ...validators.faults().map((fault) => `${fault}; what it describes is not judged`),
  ];
}
