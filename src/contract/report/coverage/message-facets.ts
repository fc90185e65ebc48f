import { pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import { findMediaType } from '../../../openapi/document/media-type.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { Facet, FacetKind } from './facet.ts';

export const operationFacet: FacetKind = {
  id: 'operations',
  title: 'operations called',
  declared: (document) => ofOperations(document, ({ id, pointer }) => [{ key: id, name: id, pointer }]),
  seen: ({ operation }) => [operation.id],
};

export const statusFacet: FacetKind = {
  id: 'statuses',
  title: 'declared statuses answered',
  declared: (document) =>
    ofOperations(document, ({ id, responses }) =>
      responses.map(({ pointer, status }) => ({ key: `${id} ${status}`, name: `${id} ${status}`, pointer })),
    ),
  seen: (exchange) => {
    const found = responseOf(exchange);
    return found ? [`${exchange.operation.id} ${found.status}`] : [];
  },
};

export const requestMediaTypeFacet: FacetKind = {
  id: 'request-media-types',
  title: 'request media types sent',
  declared: (document) =>
    ofOperations(document, ({ id, requestBody }) =>
      (requestBody?.mediaTypes ?? []).map(({ name, pointer }) => ({
        key: `${id} ${name}`,
        name: `${id} ${name}`,
        pointer,
      })),
    ),
  seen: ({ operation, sent }) =>
    sent.body?.mediaType === undefined ? [] : [`${operation.id} ${sent.body.mediaType}`],
};

export const responseMediaTypeFacet: FacetKind = {
  id: 'response-media-types',
  title: 'response media types answered',
  declared: (document) =>
    ofOperations(document, ({ id, responses }) =>
      responses.flatMap(({ mediaTypes, status }) =>
        mediaTypes.map(({ name, pointer }) => {
          const text = `${id} ${status} ${name}`;
          return { key: text, name: text, pointer };
        }),
      ),
    ),
  seen: (exchange) => {
    const found = responseOf(exchange);
    const sent = exchange.response?.headers['content-type'];
    const media = found && sent !== undefined ? findMediaType(found.mediaTypes, sent) : undefined;
    return media && found ? [`${exchange.operation.id} ${found.status} ${media.name}`] : [];
  },
};

const places = {
  path: 'path',
  query: 'query',
  header: 'headers',
  cookie: 'cookies',
} as const satisfies Record<string, keyof RequestTemplate>;

export const parameterFacet: FacetKind = {
  id: 'parameters',
  title: 'parameters sent',
  declared: (document) =>
    ofOperations(document, (operation) =>
      operation.parameters.map((parameter) => {
        const text = `${operation.id} ${parameter.in}/${parameter.name}`;
        return { key: text, name: text, pointer: parameter.schema ?? pointerTo(operation.pointer) };
      }),
    ),
  seen: ({ operation, sent }) =>
    operation.parameters.flatMap((parameter) =>
      sent[places[parameter.in]][parameter.name] === undefined
        ? []
        : [`${operation.id} ${parameter.in}/${parameter.name}`],
    ),
};

function ofOperations(
  { operations: all }: ApiDocument,
  list: (operation: Operation) => readonly Facet[],
): readonly Facet[] {
  return all.flatMap((operation) => list(operation));
}

function responseOf({ operation, response }: CaseExchange) {
  return response && findResponse(operation, response.status);
}
