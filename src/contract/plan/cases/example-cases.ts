import { bodyExamples, parameterExamples } from '../../../openapi/document/declared-examples.ts';
import type { MediaType, Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { Expectation } from '../../model/step.ts';
import { type BaseRequest, baseRequest } from '../requests/base-request.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';

/** What the document itself shows: each example of a body in each of its media types, each example of a parameter. */
export function exampleCases(context: PlanContext, operation: Operation): readonly Case[] {
  return [...bodyCases(context, operation), ...parameterCases(context, operation)];
}

function bodyCases(context: PlanContext, operation: Operation): readonly Case[] {
  const mediaTypes = operation.requestBody?.mediaTypes ?? [];
  if (mediaTypes.length === 0)
    return [exampleCase(context, operation, 'as documented', baseRequest(context, operation))];
  return mediaTypes.flatMap((mediaType) => casesOfMediaType(context, operation, mediaType));
}

function casesOfMediaType(context: PlanContext, operation: Operation, mediaType: MediaType): readonly Case[] {
  const examples = bodyExamples(context.document, mediaType);
  if (examples.length === 0) {
    const base = baseRequest(context, operation, { mediaType });
    return [exampleCase(context, operation, mediaType.name, base)];
  }
  return examples.map((example) =>
    exampleCase(
      context,
      operation,
      `${mediaType.name} ${example.name}`,
      baseRequest(context, operation, { mediaType, example }),
      true,
    ),
  );
}

/** Optional query and header parameters, one at a time. */
function parameterCases(context: PlanContext, operation: Operation): readonly Case[] {
  return operation.parameters
    .filter((parameter) => !parameter.required && (parameter.in === 'query' || parameter.in === 'header'))
    .flatMap((parameter) =>
      parameterExamples(context.document, operation, parameter).map((example) => {
        const base = baseRequest(context, operation, { unique: `${operation.id} ${parameter.name}` });
        const place = parameter.in === 'query' ? 'query' : 'headers';
        const values = { ...base.template[place], [parameter.name]: example.value };
        const template = { ...base.template, [place]: values };
        // Whether there is anything to find for the example's value is not known.
        const changed = { ...base, template };
        return exampleCase(context, operation, `${parameter.in} ${parameter.name}`, changed, true);
      }),
    );
}

function exampleCase(
  context: PlanContext,
  operation: Operation,
  what: string,
  base: BaseRequest,
  isShown = false,
): Case {
  return makeCase(context, {
    operation,
    phase: 'examples',
    what,
    title: `the documented example: ${what}`,
    base,
    expect: expectationOf(operation, base),
    isShown,
  });
}

/** Token endpoints are asked by the run for its own credentials; the codes and secrets of examples need not be valid. */
export function expectationOf(operation: Operation, { certain }: Pick<BaseRequest, 'certain'>): Expectation {
  const isDeclared = operation.responses.some(({ status }) => /^[23]|^default$/.test(status));
  return certain && isDeclared && operation.extension.action !== 'token' ? 'accepted' : 'any';
}
