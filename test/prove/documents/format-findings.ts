import type { Finding, Pass } from './prove-document.ts';

/** The table of all documents, a line each, with the sums below. */
export function formatTable(findings: readonly Finding[]): string {
  const head = [
    'document',
    'operations',
    'valid 2xx',
    'not hollow',
    'after creating',
    'inferred right',
    'test exit',
    'seen succeed',
    'seconds',
  ];
  const rows = findings.map((one) => [
    one.name,
    String(one.operations),
    ...(one.notStarted === undefined
      ? [share(one.fresh.valid, one), share(one.fresh.notHollow, one), share(one.created.notHollow, one)]
      : ['not started', '', '']),
    one.corpus
      ? `${Math.max(0, one.inference.total - one.inference.wrong.length)}/${one.inference.total}`
      : '',
    one.test.code === null ? 'too late' : String(one.test.code),
    share(one.operations - one.test.unseen.length, one),
    one.seconds.toFixed(1),
  ]);
  const sums = [
    ['the corpus', findings.filter(({ corpus }) => corpus)],
    ['those of others', findings.filter(({ corpus }) => !corpus)],
  ] as const;
  for (const [name, group] of sums) {
    if (group.length === 0) continue;
    const sum = (of: (finding: Finding) => number) => group.reduce((total, one) => total + of(one), 0);
    const operations = sum((one) => one.operations);
    const inferred = sum((one) => one.inference.total);
    rows.push([
      `${name} (${group.length})`,
      String(operations),
      ...[
        sum((one) => one.fresh.valid),
        sum((one) => one.fresh.notHollow),
        sum((one) => one.created.notHollow),
      ].map((part) => `${part}/${operations}`),
      inferred === 0 ? '' : `${inferred - sum((one) => one.inference.wrong.length)}/${inferred}`,
      `${group.filter(({ test }) => test.code === 0).length} of ${group.length} are 0`,
      `${operations - sum((one) => one.test.unseen.length)}/${operations}`,
      '',
    ]);
  }
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function share(part: number, { operations }: Finding): string {
  return `${part}/${operations}`;
}

/** What is wrong with one document, a line for each fault. */
export function formatFaults(finding: Finding): string {
  const lines = [
    ...(finding.notStarted === undefined ? [] : [`did not start: ${finding.notStarted}`]),
    ...faultsOf('made-up ids', finding.fresh),
    ...faultsOf('after creating', finding.created),
    ...finding.inference.wrong.map((one) => `inferred: ${one}`),
    ...finding.test.unseen.map((one) => `test saw no success: ${one}`),
    ...finding.test.failures.map((one) => `test failed: ${one}`),
    ...([0, 1].includes(finding.test.code ?? -1)
      ? []
      : [`test ended with ${finding.test.code}: ${finding.test.said}`]),
  ];
  return lines.map((line) => `${finding.name}: ${line}`).join('\n');
}

function faultsOf(when: string, { faults }: Pass): string[] {
  return faults.map(({ operation, kind, why }) => `${when}: ${operation}: ${kind}: ${why}`);
}
