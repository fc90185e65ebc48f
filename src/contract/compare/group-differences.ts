import type { ApiDocument } from '../../openapi/document/document.ts';
import { curlOf } from '../report/content/curl-of.ts';
import type { AnswerDifference, DifferenceGroup, DifferenceKind, Side } from './compare-report.ts';

/** The gravest first. */
const order: readonly DifferenceKind[] = [
  'answer',
  'status',
  'body',
  'header',
  'field',
  'type',
  'format',
  'value',
];

/**
 * One group for each cause: by kind, then by how often it shows.
 *
 * @param scrubs hide the credentials of each side
 */
export function groupDifferences(
  document: ApiDocument,
  differences: readonly AnswerDifference[],
  scrubs: Readonly<Record<Side, (text: string) => string>>,
): readonly DifferenceGroup[] {
  const groups = [...Map.groupBy(differences, ({ cause }) => cause).values()].flatMap(
    (all): DifferenceGroup[] => {
      const first = all.toSorted((one, other) => rankOf(one) - rankOf(other))[0];
      if (!first) return [];
      const { exchanges, left, pointer, right } = first;
      return [
        {
          first: { ...first, left: scrubs.left(left), right: scrubs.right(right) },
          differences: all,
          position: document.position(pointer),
          curls: {
            left: scrubs.left(withVariables(curlOf(exchanges.left), 'left')),
            right: scrubs.right(withVariables(curlOf(exchanges.right), 'right')),
          },
        },
      ];
    },
  );
  return groups.toSorted(
    (one, other) =>
      rankOf(one.first) - rankOf(other.first) || other.differences.length - one.differences.length,
  );
}

function rankOf({ kind }: AnswerDifference): number {
  return order.indexOf(kind);
}

/** Each side has credentials of its own: `$SPARRING_LEFT_TOKEN` for `$SPARRING_TOKEN`. */
function withVariables(curl: string, side: Side): string {
  return curl.replaceAll(/\$SPARRING_(?=TOKEN|BASIC|API_KEY)/g, `$$SPARRING_${side.toUpperCase()}_`);
}
