import { parseMediaType } from '../../openapi/document/media-type.ts';
import { handleRequest } from '../../server/handle-request.ts';
import type { ApiRequest } from '../../server/message/api-message.ts';
import { aroundCalls, operationOfCall, rereadable } from './alter-answers.ts';
import { parseAnswer } from './json-answers.ts';
import type { MutantOperator } from './mutant.ts';
import type { Script } from './script.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];

function withBytes(request: ApiRequest, text: string, type: string | undefined): ApiRequest {
  const bytes = Buffer.from(text);
  const headers = { ...request.headers, 'content-type': type, 'content-length': String(bytes.length) };
  return {
    ...request,
    baseUrl: request.baseUrl,
    headers,
    parsedBody: undefined,
    readBody: async () => bytes,
  };
}

/** A text that breaks off taken for what it was to become: what is open is closed. */
function completed(text: string): string {
  const open: string[] = [];
  let isText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && isText) index += 1;
    else if (character === '"') isText = !isText;
    else if (!isText && (character === '{' || character === '[')) open.push(character === '{' ? '}' : ']');
    else if (!isText && (character === '}' || character === ']')) open.pop();
  }
  const whole = (isText ? `${text}"` : text).trimEnd();
  const value = whole.endsWith(':') ? `${whole}null` : whole.replace(/,$/, '');
  return `${value}${open.reverse().join('')}`;
}

async function textOf(request: ApiRequest): Promise<string> {
  return Buffer.from(await request.readBody(Number.POSITIVE_INFINITY)).toString('utf8');
}

const hasBody = ({ request }: Script) =>
  request.body !== undefined && request.headers['content-type'] !== undefined;
const isJson = ({ request }: Script) => /\bjson\b/.test(request.headers['content-type'] ?? '');

/** Faults in how requests are read, before anything in them is looked at. */
export const reading: readonly MutantOperator[] = [
  {
    id: 'malformed-json-accepted',
    family: 'validation',
    fault: 'A body that is no JSON is taken for one that is.',
    mutations: ({ scripts }) =>
      scripts
        .filter((script) => hasBody(script) && isJson(script))
        .map((script) => ({
          place: script.operation.id,
          operation: script.operation,
          plant: (api) =>
            aroundCalls(api, script.operation, async ({ next, request }) => {
              const kept = rereadable(request);
              const text = await textOf(kept);
              const isMalformed = text !== '' && parseAnswer(text) === undefined;
              const type = script.request.headers['content-type'];
              return next(isMalformed ? withBytes(kept, completed(text), type) : kept);
            }),
          grants: true,
          witness: [...script.before, { ...script.request, body: `${script.request.body?.slice(0, -1)}` }],
        })),
  },
  {
    id: 'media-type-unchecked',
    family: 'validation',
    fault: 'A body of a media type that is not declared is read all the same.',
    mutations: ({ scripts }) =>
      scripts.filter(hasBody).map((script) => {
        const { operation } = script;
        const isDeclared = (type: string) =>
          operation.requestBody?.mediaTypes.some(({ name }) => name === parseMediaType(type)?.essence) ===
          true;
        return {
          place: operation.id,
          operation,
          plant: (api) =>
            aroundCalls(api, operation, async ({ next, request }) => {
              const type = String(request.headers['content-type'] ?? '');
              if (type === '' || isDeclared(type)) return next();
              const kept = rereadable(request);
              return next(withBytes(kept, await textOf(kept), script.request.headers['content-type']));
            }),
          grants: true,
          witness: [
            ...script.before,
            { ...script.request, headers: { ...script.request.headers, 'content-type': 'application/xml' } },
          ],
        };
      }),
  },
  {
    id: 'body-optional',
    family: 'validation',
    fault: 'A required body that is left out is taken for an empty one.',
    mutations: ({ scripts }) =>
      scripts
        .filter(
          (script) => hasBody(script) && isJson(script) && script.operation.requestBody?.required === true,
        )
        .map((script) => {
          const { 'content-type': _, ...headers } = script.request.headers;
          return {
            place: script.operation.id,
            operation: script.operation,
            plant: (api) =>
              aroundCalls(api, script.operation, async ({ next, request }) => {
                const kept = rereadable(request);
                const isEmpty = (await textOf(kept)) === '';
                return next(isEmpty ? withBytes(kept, '{}', script.request.headers['content-type']) : kept);
              }),
            grants: true,
            witness: [...script.before, { ...script.request, headers, body: undefined }],
          };
        }),
  },
  {
    id: 'method-unchecked',
    family: 'validation',
    fault: 'A method that is not declared is answered as one that is.',
    mutations: ({ api, scripts }) => {
      const paths = new Map(scripts.map((script) => [script.operation.path, script]));
      return [...paths.values()].flatMap((script) => {
        const { operation, request } = script;
        const declared = api.document.operations.filter(({ path }) => path === operation.path);
        const method = methods.findLast((each) => !declared.some((one) => one.method.toUpperCase() === each));
        if (method === undefined) return [];
        return [
          {
            place: operation.path,
            operation,
            plant: (served) => ({
              ...served,
              handle(namespace, sent) {
                const as = { ...sent, baseUrl: sent.baseUrl, method: operation.method.toUpperCase() };
                const isOther =
                  operationOfCall(served, sent) === undefined && operationOfCall(served, as) === operation;
                return isOther
                  ? handleRequest(this, namespace, as)
                  : served.handle.call(this, namespace, sent);
              },
            }),
            grants: true,
            witness: [...script.before, { ...request, method }],
          },
        ];
      });
    },
  },
];
