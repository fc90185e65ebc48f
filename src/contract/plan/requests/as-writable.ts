import { isObject } from '../../../json/is-object.ts';
import { isJsonType, parseMediaType } from '../../../openapi/document/media-type.ts';
import type { Case } from '../../model/case.ts';
import type { Step } from '../../model/step.ts';
import type { PlanContext } from './plan-context.ts';
import { isReference } from './request-templates.ts';
import { violationsOf } from './violations-of.ts';

/**
 * A case as far as its requests can be written so that every server reads them alike; undefined where a body cannot be written at all,
 * such as an object as XML. Of objects in forms OpenAPI says nothing without an `encoding` (3.1, section 4.8.14.4), so that
 * what becomes of such a request proves nothing; neither does one that breaks the document, since none could be made that keeps it.
 */
export function asWritable(context: PlanContext, planned: Case): Case | undefined {
  const certainties = planned.steps.map(certaintyOf);
  if (certainties.includes('none')) return undefined;
  const steps = planned.steps.map((step, index) => {
    const isClaimed = step.expect === 'accepted' || step.expect === 'refused';
    const provesNothing = certainties[index] === 'some' || isBroken(context, step);
    return isClaimed && provesNothing ? { ...step, expect: 'any' as const } : step;
  });
  return { ...planned, steps };
}

function isBroken(context: PlanContext, { expect, operation, request }: Step): boolean {
  if (expect !== 'accepted' || request.method !== operation.method.toUpperCase()) return false;
  return (violationsOf(context, operation, request)?.length ?? 0) > 0;
}

/** How surely a server reads what is written: as it is meant, in one way or another, or not at all. */
function certaintyOf({ operation, request: { body } }: Step): 'full' | 'some' | 'none' {
  if (!body || body.raw !== undefined || body.mediaType === undefined || body.value === undefined)
    return 'full';
  const { value, writtenAs, mediaType = '' } = body;
  if (writtenAs !== undefined || body.isCutOff) return 'full';
  const essence = parseMediaType(mediaType)?.essence ?? mediaType;
  if (isJsonType(essence) || essence === 'multipart/form-data') return 'full';
  if (essence !== 'application/x-www-form-urlencoded') return typeof value === 'string' ? 'full' : 'none';
  const encodings = operation.requestBody?.mediaTypes.find(({ name }) => name === mediaType)?.encoding ?? {};
  const isPlain = ([name, part]: readonly [string, unknown]) =>
    Object.hasOwn(encodings, name) ||
    isReference(part) ||
    !(Array.isArray(part) ? part : [part]).some(isObject);
  return isObject(value) && !Object.entries(value).every(isPlain) ? 'some' : 'full';
}
