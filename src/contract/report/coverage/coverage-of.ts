import type { ApiDocument, Position } from '../../../openapi/document/document.ts';
import { createValidators } from '../../../openapi/schema/validators.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { FacetKind } from './facet.ts';
import {
  operationFacet,
  parameterFacet,
  requestMediaTypeFacet,
  responseMediaTypeFacet,
  statusFacet,
} from './message-facets.ts';
import {
  brokenKeywordFacet,
  keywordEdgeFacet,
  requestEnumFacet,
  requestPropertyFacet,
  responseEnumFacet,
  responsePropertyFacet,
} from './schema-facets.ts';
import { type Vacuous, vacuousOf } from './vacuous.ts';

/** Which parts of a document a run saw. */
export interface Coverage {
  readonly kinds: readonly KindCoverage[];
  /** Passes that say nothing, since there was nothing to judge. */
  readonly vacuous: readonly Vacuous[];
}

export interface KindCoverage {
  readonly id: string;
  readonly title: string;
  readonly total: number;
  readonly seen: number;
  /** What was never witnessed, in the document's order. */
  readonly never: readonly Unwitnessed[];
}

export interface Unwitnessed {
  readonly name: string;
  readonly position: Position | undefined;
}

const kinds: readonly FacetKind[] = [
  operationFacet,
  statusFacet,
  requestMediaTypeFacet,
  responseMediaTypeFacet,
  parameterFacet,
  requestPropertyFacet,
  responsePropertyFacet,
  requestEnumFacet,
  responseEnumFacet,
  keywordEdgeFacet,
  brokenKeywordFacet,
];

/** Which parts of its document a run exercised and, more important, which it never saw. */
export function coverageOf(document: ApiDocument, report: Pick<RunReport, 'runs' | 'verdicts'>): Coverage {
  const context = { document, validators: createValidators(document) };
  const exchanges = report.runs
    .flatMap((run) => run.exchanges)
    .filter(({ response, role }) => response !== undefined && role !== 'cleanup');
  return {
    kinds: kinds.map((kind) => {
      const facets = kind.declared(document);
      const seen = new Set(exchanges.flatMap((exchange) => [...kind.seen(exchange, context)]));
      const never = facets.filter(({ key }) => !seen.has(key));
      return {
        id: kind.id,
        title: kind.title,
        total: facets.length,
        seen: facets.length - never.length,
        never: never.map(({ name, pointer }) => ({ name, position: document.position(pointer) })),
      };
    }),
    vacuous: vacuousOf(document, report),
  };
}
