import type { Grade } from '../../model/grade.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import type { RequestField } from '../requests/request-fields.ts';

/** A value that breaks one keyword of a field's schema, and it alone where that can be done. */
export interface BrokenValue {
  readonly keyword: string;
  /** Undefined: the field is left out. */
  readonly value: unknown;
  /** Where servers by custom let more pass. */
  readonly grade?: Grade;
}

/** Values that break some keywords of a field; whether they do is for the compiled schema to say. */
export type ValueBreaker = (field: RequestField, context: PlanContext) => readonly BrokenValue[];
