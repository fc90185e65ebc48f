import type { ReportContext } from '../report/content/report-context.ts';
import { shownFile } from '../report/content/shown-place.ts';
import type { CompareReport, DifferenceGroup } from './compare-report.ts';

/** Differences for programs. The same differences give the same bytes. */
export function formatDifferencesAsJson(report: CompareReport, { folder }: ReportContext): string {
  const { aborted, api, counts, file, groups, leftovers, notCompared, seed, targets, title, version } =
    report;
  const value = {
    api,
    title,
    version,
    document: shownFile(file, folder),
    seed,
    left: targets.left,
    right: targets.right,
    aborted,
    counts,
    differences: groups.map((group) => differenceOf(group, folder)),
    notCompared,
    leftovers,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function differenceOf({ curls, differences, first, position }: DifferenceGroup, folder: string) {
  const { case: id, kind, left, location, operation, pointer, right, subject } = first;
  return {
    kind,
    subject,
    operation,
    location,
    left,
    right,
    case: id,
    pointer,
    ...(position && { position: { ...position, file: shownFile(position.file, folder) } }),
    curl: curls,
    times: differences.length,
    operations: [...new Set(differences.map((each) => each.operation))],
  };
}
