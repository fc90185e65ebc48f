import type { MediaType, Operation } from '../../../openapi/document/document.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import type { Case } from '../../model/case.ts';
import { breakField } from '../broken/break-field.ts';
import type { BaseRequest } from '../requests/base-request.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { requestFieldsOf } from '../requests/request-fields.ts';
import { negative } from './negative-cases.ts';

export interface MutationOptions {
  readonly mediaType: MediaType | undefined;
  /** How many are made. */
  readonly most: number;
}

/** Generated requests with one rule broken in each, of a field that the seed chooses. */
export function mutationCases(
  context: PlanContext,
  operation: Operation,
  bases: readonly BaseRequest[],
  { mediaType, most }: MutationOptions,
): readonly Case[] {
  const label = mediaType === undefined ? '' : `${mediaType.name} `;
  const source = seededSource(context.seed, operation.id, label, 'mutations');
  const seen = new Set<string>();
  return bases
    .toReversed()
    .flatMap((base, index) => {
      const fields = requestFieldsOf(context, operation, base.template).toSorted(
        (one, other) => orderOf(source, index, one.location) - orderOf(source, index, other.location),
      );
      for (const field of fields) {
        const broken = breakField(context, operation, field, 1).filter(
          ({ rule }) => !seen.has(`${rule.location} ${rule.keyword}`),
        );
        const chosen =
          broken[source.integer(`${index} ${field.location}`, 0, Math.max(0, broken.length - 1))];
        if (!chosen) continue;
        const { rule, template } = chosen;
        seen.add(`${rule.location} ${rule.keyword}`);
        const what = `${label}${rule.location} ${rule.keyword} in generated ${bases.length - index}`;
        return [negative(context, operation, 'fuzzing', { ...base, template }, rule, what)];
      }
      return [];
    })
    .slice(0, most);
}

function orderOf(source: ReturnType<typeof seededSource>, index: number, location: string): number {
  return source.integer(`order ${index} ${location}`, 0, 1_000_000);
}
