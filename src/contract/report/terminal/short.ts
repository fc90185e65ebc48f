import { visible } from '../../../visible.ts';
import { counted } from '../content/counted.ts';
import type { FailureGroup } from '../content/group-failures.ts';
import type { ReportContext } from '../content/report-context.ts';
import { entryPlaceOf, listed } from './entry.ts';

/** Most lines for the further defects of one rule. */
const mostLines = 6;
/** Characters of what was seen. */
const mostSeen = 60;

/** Defects in a line each; those that show the same on several operations in one. */
export function formatShort(groups: readonly FailureGroup[], context: ReportContext): readonly string[] {
  const alike = [...Map.groupBy(groups, seenIn)];
  const lines = alike.slice(0, mostLines).map(([seen, list]) => `  ${whereOf(list, context)}: ${seen}`);
  const hidden = alike.length - mostLines;
  return hidden > 0 ? [...lines, `  … and ${hidden} more kinds; --reporter html=<file> has all`] : lines;
}

function whereOf(list: readonly FailureGroup[], context: ReportContext): string {
  const [group] = list;
  const operations = list.map(({ first }) => first.operation);
  const count = new Set(operations).size;
  if (group && list.length === 1) return `${group.first.operation}${entryPlaceOf(group.first, context)}`;
  return `${listed(operations)}${count > 1 ? ` (${counted(count, 'operation')})` : ''}`;
}

function seenIn({ first: { evidence } }: FailureGroup): string {
  const location = evidence?.location;
  const where = location === undefined || location === 'status' ? '' : `${location} `;
  return visible(`${where}${evidence?.seen ?? ''}`).slice(0, mostSeen);
}
