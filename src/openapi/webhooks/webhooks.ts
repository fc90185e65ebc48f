import { SparringError } from '../../errors.ts';
import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument, MediaType, Method, Operation, Parameter } from '../document/document.ts';
import type { WebhookExtension } from '../document/extension.ts';
import { operationsAt } from '../document/index-operations.ts';
import type { IndexedOperation, OperationContext } from '../document/indexed-operation.ts';
import { isJsonType, parseMediaType } from '../document/media-type.ts';
import type { Resolver } from '../document/resolver.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { examplesOf, shownAt, type WebhookExample } from './webhook-examples.ts';

/** A header that a webhook is documented to carry, and what it may hold. */
export interface WebhookHeader extends Parameter {
  /** What the document shows for it; undefined where it shows nothing. */
  readonly example: unknown;
}

/** One method of one webhook, or of one callback. */
export interface WebhookDefinition {
  /** Its key under `webhooks` or `callbacks`. */
  readonly name: string;
  /** The event of its deliveries: a webhook's name; `<operationId>/<name>` of a callback. */
  readonly event: string;
  readonly method: Method;
  /** Where its operation stands. */
  readonly pointer: Pointer;
  readonly operationId: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  /** All that its body may be, the default first; empty for one without a body. */
  readonly mediaTypes: readonly MediaType[];
  /** The default: the first JSON one, else the first. */
  readonly mediaType: MediaType | undefined;
  /** Where the schema of the payload stands: that of `mediaType`. */
  readonly schema: Pointer | undefined;
  /** Those of `mediaType`. */
  readonly examples: readonly WebhookExample[];
  readonly headers: readonly WebhookHeader[];
  /** `x-sparring` of the path item with that of the operation over it. */
  readonly extension: WebhookExtension;
}

/** What an operation's caller is told later, at an address that the request or its answer names. */
export interface CallbackDefinition extends WebhookDefinition {
  /** The address: a runtime expression, or a text with some embedded as `{$…}`; a template for `fillTemplate`. */
  readonly url: string;
}

export function isCallback(definition: WebhookDefinition): definition is CallbackDefinition {
  return 'url' in definition;
}

const keptWebhooks = new WeakMap<ApiDocument, readonly WebhookDefinition[]>();
const keptCallbacks = new WeakMap<Operation, readonly CallbackDefinition[]>();

/**
 * The webhooks of a document in its order, one definition for each method; the first of a name is its default. Older
 * documents may have them under `x-webhooks`. Read on first use and kept.
 */
export function webhooksOf(document: ApiDocument): readonly WebhookDefinition[] {
  let webhooks = keptWebhooks.get(document);
  if (!webhooks) {
    const resolver = resolverOf(document);
    webhooks = webhookPlaces(document.root).flatMap(({ name, item, pointer }) =>
      operationsAt(name, item, pointer, contextOf(resolver)).map((operation) =>
        define(resolver, name, name, operation),
      ),
    );
    keptWebhooks.set(document, webhooks);
  }
  return webhooks;
}

/** Every entry of `webhooks` and `x-webhooks` at the root of a document; of equal names the former's. */
export function webhookPlaces(
  root: object,
): readonly { readonly name: string; readonly item: unknown; readonly pointer: Pointer }[] {
  const webhooks = objectOrEmpty(Reflect.get(root, 'webhooks'));
  const older = objectOrEmpty(Reflect.get(root, 'x-webhooks'));
  return [
    ...Object.keys(webhooks).map((name) => ({ name, item: webhooks[name], under: '#/webhooks' })),
    ...Object.keys(older)
      .filter((name) => !Object.hasOwn(webhooks, name))
      .map((name) => ({ name, item: older[name], under: '#/x-webhooks' })),
  ]
    .filter(({ name, item }) => !name.startsWith('x-') || isObject(item))
    .map(({ name, item, under }) => ({ name, item, pointer: pointerTo(under, name) }));
}

/** All that a document's API tells others: its webhooks, then the callbacks of its operations, in the document's order. */
export function eventsOf(document: ApiDocument): readonly (WebhookDefinition | CallbackDefinition)[] {
  const calling = document.operations.filter(({ definition }) => definition.callbacks);
  return [...webhooksOf(document), ...calling.flatMap((operation) => callbacksOf(document, operation))];
}

/**
 * The webhook or callback of an event; its first method where it has several.
 *
 * @throws SparringError `unknown-webhook` when the document has none of that name
 */
export function findEvent(document: ApiDocument, event: string): WebhookDefinition {
  const events = eventsOf(document);
  const found = events.find((webhook) => webhook.event === event);
  if (found) return found;
  const names = [...new Set(events.map((webhook) => webhook.event))];
  const guess = nearest(event, names);
  throw new SparringError('unknown-webhook', `${document.name} has no webhook named "${event}".`, {
    next:
      names.length === 0
        ? 'Its document describes no webhooks.'
        : guess === undefined
          ? `It has ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`
          : `Did you mean ${guess}?`,
  });
}

/** The callbacks of an operation in the document's order, one definition for each address and method. Kept. */
export function callbacksOf(document: ApiDocument, operation: Operation): readonly CallbackDefinition[] {
  let callbacks = keptCallbacks.get(operation);
  if (!callbacks) {
    callbacks = readCallbacks(resolverOf(document), operation);
    keptCallbacks.set(operation, callbacks);
  }
  return callbacks;
}

function readCallbacks(resolver: Resolver, operation: Operation): readonly CallbackDefinition[] {
  const at = pointerTo(operation.pointer, 'callbacks');
  return Object.keys(objectOrEmpty(operation.definition.callbacks)).flatMap((name) => {
    const found = resolver.resolve(pointerTo(at, name));
    if (!found || !isObject(found.node) || name.startsWith('x-')) return [];
    return Object.entries(found.node)
      .filter(([url]) => !url.startsWith('x-'))
      .flatMap(([url, item]) =>
        operationsAt(url, item, pointerTo(found.pointer, url), contextOf(resolver)).map((callback) =>
          Object.assign(define(resolver, name, `${operation.id}/${name}`, callback), { url }),
        ),
      );
  });
}

function contextOf(resolver: Resolver): OperationContext {
  return { resolver, security: undefined, hostnames: [] };
}

function define(
  resolver: Resolver,
  name: string,
  event: string,
  operation: IndexedOperation,
): WebhookDefinition {
  const { definition, method, pathItem, pointer } = operation;
  const declared = operation.requestBody?.mediaTypes ?? [];
  const mediaType = declared.find(isJson) ?? declared[0];
  const mediaTypes = mediaType ? [mediaType, ...declared.filter((other) => other !== mediaType)] : [];
  return {
    name,
    event,
    method,
    pointer,
    operationId: textOf(definition.operationId),
    summary: textOf(definition.summary) ?? textOf(pathItem.summary),
    description: textOf(definition.description) ?? textOf(pathItem.description),
    mediaTypes,
    mediaType,
    schema: mediaType?.schema,
    examples: mediaType ? examplesOf(resolver, mediaType) : [],
    headers: operation.parameters
      .filter((parameter) => parameter.in === 'header')
      .map((parameter) => ({ ...parameter, example: shownFor(resolver, parameter) })),
    extension: extensionOf(pathItem['x-sparring'], Reflect.get(definition, 'x-sparring')),
  };
}

function isJson({ name }: MediaType): boolean {
  return isJsonType(parseMediaType(name)?.essence ?? '');
}

/** What a parameter shows: an example of its own, else of its schema, else the only or first value it may take. */
function shownFor(resolver: Resolver, { schema }: Parameter): unknown {
  if (schema === undefined) return undefined;
  // A parameter's schema stands in the parameter itself, or in the one media type of its content.
  const [shown] = shownAt(resolver, schema.slice(0, schema.lastIndexOf('/')));
  if (shown) return shown.value;
  const node = objectOrEmpty(resolver.resolve(schema)?.node);
  for (const key of ['example', 'const', 'default']) if (node[key] !== undefined) return node[key];
  const values = Array.isArray(node.examples) ? node.examples : Array.isArray(node.enum) ? node.enum : [];
  return values[0];
}

function extensionOf(shared: unknown, own: unknown): WebhookExtension {
  const delivery = {
    ...objectOrEmpty(objectOrEmpty(shared).delivery),
    ...objectOrEmpty(objectOrEmpty(own).delivery),
  };
  return Object.keys(delivery).length === 0 ? {} : { delivery };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
