import type { MediaType, Operation } from '../../../openapi/document/document.ts';
import type { GeneratorMode } from '../../generate/generator-context.ts';
import type { Case } from '../../model/case.ts';
import { type BaseRequest, baseRequest } from '../requests/base-request.ts';
import type { CaseMaker, MakerOptions } from '../requests/case-maker.ts';
import { generatedRequest } from '../requests/generated-request.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { expectationOf } from './example-cases.ts';
import { mutationCases } from './mutation-cases.ts';

/** In turns; a request near to what is shown must be accepted, others may ask for what is not there. */
const manners: readonly GeneratorMode[] = ['near', 'full', 'any'];

/** Generated requests over bodies and parameters of every place: what the document allows, and the same with one rule broken. */
export const fuzzingCases: CaseMaker = (context, operation, options) =>
  (operation.requestBody?.mediaTypes ?? [undefined]).flatMap((mediaType) => {
    if (mediaType?.schema === undefined && operation.parameters.length === 0) return [];
    const made = generatedRequests(context, operation, mediaType, options);
    const label = mediaType === undefined ? '' : `${mediaType.name} `;
    return [
      ...made.map(({ base, mode }, index) =>
        positive(context, operation, base, `${label}generated ${index + 1}`, mode),
      ),
      ...mutationCases(
        context,
        operation,
        made.map(({ base }) => base),
        { mediaType, most: options.generated },
      ),
    ];
  });

interface Generated {
  readonly mode: GeneratorMode;
  readonly base: BaseRequest;
}

/** Requests that differ from each other and from the one that all else varies. */
function generatedRequests(
  context: PlanContext,
  operation: Operation,
  mediaType: MediaType | undefined,
  { generated, onGap }: MakerOptions,
): readonly Generated[] {
  const seen = new Set([textOf(baseRequest(context, operation, { mediaType }))]);
  let isRefused = false;
  const made = Array.from({ length: generated }, (_, turn): readonly Generated[] => {
    const mode = manners[turn % manners.length] ?? 'any';
    const base = generatedRequest(context, operation, { mediaType, mode, turn });
    isRefused ||= base === undefined;
    const text = base && textOf(base);
    if (!base || text === undefined || seen.has(text)) return [];
    seen.add(text);
    return [{ mode, base }];
  }).flat();
  if (isRefused && made.length === 0) onGap('no request was generated that its schemas allow');
  return made;
}

/** All that tells requests apart, but for addresses that are each case's own. */
function textOf({ template: { body, cookies, headers, path, query } }: BaseRequest): string {
  return JSON.stringify([path, query, headers, cookies, body]).replaceAll(/sparring-[0-9a-f]{12}/g, '');
}

function positive(
  context: PlanContext,
  operation: Operation,
  base: BaseRequest,
  what: string,
  mode: GeneratorMode,
): Case {
  return makeCase(context, {
    operation,
    phase: 'fuzzing',
    what,
    title: `a generated request that the document allows${mode === 'near' ? ', near to what it shows' : ''}`,
    base,
    expect: expectationOf(operation, base),
  });
}
