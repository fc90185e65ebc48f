import type { Defect, Failure } from './defect-table.ts';
import type { State } from './real-server.ts';

/** Failures that no row of the table explains, each kind once with its number, the evidence and a curl line. */
export function outsideText(failures: readonly Failure[]): readonly string[] {
  const kinds = Map.groupBy(failures, ({ check, location, operation, seen }) =>
    [operation, check, location, seen?.slice(0, 40)].join(' '),
  );
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { case: id, check, curl, expected, grade, location, operation, seen } = first;
    return [
      `${operation}: ${check} (${grade}) at ${location ?? 'the answer'}, ${others.length + 1} times, first in ${id}\n` +
        `  expected ${expected}\n  seen     ${seen?.slice(0, 300)}\n  ${curl}`,
    ];
  });
}

/** A row that no failure is a sign of. */
export function missedText({ answer, checks, curl, id, operations, rule }: Defect): string {
  return `${id} (${operations.join(', ')}; ${checks.join(' or ')}): ${rule}\n  ${curl}\n  ${answer}`;
}

/** What was there before and is not as it was. */
export function changesText(before: State, after: State): readonly string[] {
  return [...before].flatMap(([name, was]) => {
    const is = after.get(name);
    if (is === undefined) return [`${name} is gone; it was ${was}`];
    return is === was ? [] : [`${name} is ${is}; it was ${was}`];
  });
}

/** What is there now and was not before. */
export function leftText(before: State, after: State): readonly string[] {
  return [...after].flatMap(([name, is]) => (before.has(name) ? [] : [`${name}: ${is}`]));
}
