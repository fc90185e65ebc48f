import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type {
  MediaType,
  Method,
  Operation,
  Parameter,
  ParameterLocation,
  RequestBody,
  ResponseDefinition,
  SecurityAlternative,
  ServerAddress,
} from './document.ts';
import type { OperationExtension } from './extension.ts';
import { isAdditionalMethod } from './methods.ts';
import type { Resolver } from './resolver.ts';
import { readServerAddresses } from './server-addresses.ts';

/** What operations need of the document around them. */
export interface OperationContext {
  readonly resolver: Resolver;
  /** `security` of the document. */
  readonly security: unknown;
  /** Host names of the document's own servers. */
  readonly hostnames: readonly string[];
  /** Whether the path is a template whose names in braces are parameters, as those of `paths` are. */
  readonly isTemplate?: boolean;
  /** The ids of the operations before; one that is taken already is not given again. */
  readonly taken?: Set<string>;
}

/** Where an operation stands. */
export interface OperationPlace {
  readonly path: string;
  readonly method: Method;
  readonly pathItem: JsonObject;
  readonly pathPointer: Pointer;
  readonly definition: JsonObject;
}

const emptyExtension: OperationExtension = Object.freeze({});

/** An operation that computes its parameters, body and answers on first use: most requests of a run meet few operations. */
export class IndexedOperation implements Operation {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly pointer: Pointer;
  readonly definition: OpenAPIV3_1.OperationObject;
  readonly #context: OperationContext;
  readonly #place: OperationPlace;
  #parameters: readonly Parameter[] | undefined;
  #requestBody: RequestBody | undefined | null = null;
  #responses: readonly ResponseDefinition[] | undefined;
  #security: readonly SecurityAlternative[] | undefined;
  #hosts: readonly string[] | undefined;
  #servers: readonly ServerAddress[] | undefined;

  constructor(place: OperationPlace, context: OperationContext) {
    const { definition, method, path } = place;
    this.id = idOf(place, context.taken);
    this.method = method;
    this.path = path;
    this.pointer = isAdditionalMethod(method)
      ? pointerTo(place.pathPointer, 'additionalOperations', method)
      : pointerTo(place.pathPointer, method);
    this.definition = definition;
    this.#place = place;
    this.#context = context;
  }

  /** The path item it stands in: what all its methods share. */
  get pathItem(): JsonObject {
    return this.#place.pathItem;
  }

  get extension(): OperationExtension {
    const extension: unknown = Reflect.get(this.definition, 'x-sparring');
    return isObject(extension) ? extension : emptyExtension;
  }

  get parameters(): readonly Parameter[] {
    this.#parameters ??= [...this.#declared, ...this.undeclared.map((name) => anyText(name, this.pointer))];
    return this.#parameters;
  }

  /** Names in the path that no parameter declares; each is taken for one that may be any text. */
  get undeclared(): readonly string[] {
    if (this.#context.isTemplate !== true) return [];
    const declared = this.#declared.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    return namesInTemplate(this.path).filter((name) => !declared.includes(name));
  }

  get #declared(): readonly Parameter[] {
    return readParameters(this.#context.resolver, [
      { list: this.#place.pathItem.parameters, pointer: pointerTo(this.#place.pathPointer, 'parameters') },
      { list: this.#place.definition.parameters, pointer: pointerTo(this.pointer, 'parameters') },
    ]);
  }

  get requestBody(): RequestBody | undefined {
    if (this.#requestBody === null) this.#requestBody = readRequestBody(this.#context.resolver, this.pointer);
    return this.#requestBody;
  }

  get responses(): readonly ResponseDefinition[] {
    this.#responses ??= readResponses(this.#context.resolver, this.pointer, this.#place.definition.responses);
    return this.#responses;
  }

  get security(): readonly SecurityAlternative[] {
    this.#security ??= readSecurity(this.#place.definition.security ?? this.#context.security);
    return this.#security;
  }

  get servers(): readonly ServerAddress[] {
    this.#servers ??= readServerAddresses(this.#place.definition.servers ?? this.#place.pathItem.servers);
    return this.#servers;
  }

  get hosts(): readonly string[] {
    this.#hosts ??= [...new Set(this.servers.map(({ hostname }) => hostname))].filter(
      (hostname) => hostname !== '' && !this.#context.hostnames.includes(hostname),
    );
    return this.#hosts;
  }
}

/** The `operationId`; `<method> <path>` where there is none, or where it is another's, with a number where that is taken too. */
function idOf({ definition, method, path }: OperationPlace, taken: Set<string> | undefined): string {
  const named = `${method} ${path}`;
  let id = typeof definition.operationId === 'string' ? definition.operationId : named;
  for (let count = 1; taken?.has(id); count += 1) id = count === 1 ? named : `${named}~${count}`;
  taken?.add(id);
  return id;
}

function anyText(name: string, pointer: Pointer): Parameter {
  return describeParameter({}, pointer, name, 'path');
}

/** The names in braces of a path template. */
export function namesInTemplate(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

interface ParameterList {
  readonly list: unknown;
  readonly pointer: Pointer;
}

/** Later lists win over earlier ones; a parameter is known by its name and place (header names without regard to case). */
function readParameters(resolver: Resolver, lists: readonly ParameterList[]): readonly Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const { list, pointer } of lists) {
    if (!Array.isArray(list)) continue;
    for (let index = 0; index < list.length; index += 1) {
      const parameter = readParameter(resolver, pointerTo(pointer, index));
      if (!parameter) continue;
      const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
      parameters.set(`${parameter.in} ${name}`, parameter);
    }
  }
  return [...parameters.values()];
}

const locations: readonly ParameterLocation[] = ['path', 'query', 'header', 'cookie'];

function readParameter(resolver: Resolver, at: Pointer): Parameter | undefined {
  const found = resolver.resolve(at);
  if (!found || !isObject(found.node)) return undefined;
  const { name, in: place } = found.node;
  if (place === 'querystring' && typeof name === 'string') return wholeQuery(found.node, found.pointer, name);
  const location = locations.find((known) => known === place);
  if (typeof name !== 'string' || !location) return undefined;
  return describeParameter(found.node, found.pointer, name, location);
}

/**
 * The whole query as one value (OpenAPI 3.2, section 4.12.1): a form in it is written as an object whose properties are
 * parameters of their own.
 */
function wholeQuery(node: JsonObject, pointer: Pointer, name: string): Parameter | undefined {
  const type = Object.keys(objectOrEmpty(node.content)).find((key) => /x-www-form-urlencoded/i.test(key));
  if (type === undefined) return undefined;
  const { mediaType: _, ...parameter } = describeParameter(node, pointer, name, 'query');
  return { ...parameter, style: 'form', explode: true };
}

/** Fills in what a Parameter or Header Object leaves to its defaults (OpenAPI 3.1, section 4.8.12). */
function describeParameter(
  node: JsonObject,
  pointer: Pointer,
  name: string,
  location: ParameterLocation,
): Parameter {
  const style =
    typeof node.style === 'string'
      ? node.style
      : location === 'query' || location === 'cookie'
        ? 'form'
        : 'simple';
  const [mediaType] = Object.keys(objectOrEmpty(node.content));
  const schema = schemaPointer(node, pointer, mediaType);
  return {
    name,
    in: location,
    required: node.required === true || location === 'path',
    style,
    explode: typeof node.explode === 'boolean' ? node.explode : style === 'form',
    allowReserved: node.allowReserved === true,
    ...(schema !== undefined && { schema }),
    ...(mediaType !== undefined && { mediaType: mediaType.toLowerCase() }),
  };
}

function schemaPointer(
  node: JsonObject,
  pointer: Pointer,
  mediaType: string | undefined,
): Pointer | undefined {
  if (mediaType === undefined) return node.schema === undefined ? undefined : pointerTo(pointer, 'schema');
  const media = objectOrEmpty(objectOrEmpty(node.content)[mediaType]);
  return media.schema === undefined ? undefined : pointerTo(pointer, 'content', mediaType, 'schema');
}

function readRequestBody(resolver: Resolver, operation: Pointer): RequestBody | undefined {
  const found = resolver.resolve(pointerTo(operation, 'requestBody'));
  if (!found || !isObject(found.node)) return undefined;
  return {
    required: found.node.required === true,
    mediaTypes: readMediaTypes(resolver, pointerTo(found.pointer, 'content'), found.node.content),
  };
}

function readMediaTypes(resolver: Resolver, pointer: Pointer, content: unknown): readonly MediaType[] {
  return Object.keys(objectOrEmpty(content)).flatMap((name) => {
    const found = resolver.resolve(pointerTo(pointer, name));
    if (!found || !isObject(found.node)) return [];
    const { encoding, itemSchema, schema } = found.node;
    return {
      name: name.toLowerCase(),
      pointer: found.pointer,
      encoding: encodingsOf(encoding),
      ...(schema !== undefined && { schema: pointerTo(found.pointer, 'schema') }),
      ...(itemSchema !== undefined && { itemSchema: pointerTo(found.pointer, 'itemSchema') }),
    };
  });
}

function encodingsOf(encoding: unknown): Readonly<Record<string, OpenAPIV3_1.EncodingObject>> {
  const encodings: Record<string, OpenAPIV3_1.EncodingObject> = {};
  for (const [name, value] of Object.entries(objectOrEmpty(encoding)))
    if (isObject(value)) encodings[name] = value;
  return encodings;
}

function readResponses(
  resolver: Resolver,
  operation: Pointer,
  responses: unknown,
): readonly ResponseDefinition[] {
  return Object.keys(objectOrEmpty(responses)).flatMap((status) => {
    const found = resolver.resolve(pointerTo(operation, 'responses', status));
    if (status.startsWith('x-') || !found || !isObject(found.node)) return [];
    const { content, headers } = found.node;
    return {
      status: /^[1-5]xx$/i.test(status) ? status.toUpperCase() : status,
      pointer: found.pointer,
      mediaTypes: readMediaTypes(resolver, pointerTo(found.pointer, 'content'), content),
      headers: readHeaders(resolver, pointerTo(found.pointer, 'headers'), headers),
    };
  });
}

function readHeaders(resolver: Resolver, pointer: Pointer, headers: unknown): readonly Parameter[] {
  return Object.keys(objectOrEmpty(headers)).flatMap((name) => {
    const found = resolver.resolve(pointerTo(pointer, name));
    return found && isObject(found.node) ? describeParameter(found.node, found.pointer, name, 'header') : [];
  });
}

function readSecurity(security: unknown): readonly SecurityAlternative[] {
  if (!Array.isArray(security)) return [];
  return security.filter(isObject).map((alternative) =>
    Object.entries(alternative).map(([scheme, scopes]) => ({
      scheme,
      scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
    })),
  );
}
