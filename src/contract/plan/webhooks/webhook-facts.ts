import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import type { EmitExtension } from '../../../openapi/document/extension.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import { type WebhookDefinition, webhooksOf } from '../../../openapi/webhooks/webhooks.ts';
import { documentPolicyOf } from '../../../webhooks/document-policy.ts';
import type { SubscriptionPlan, WebhookFacts } from '../../model/webhook-script.ts';

/** A rule of the document that fires an event, and whose changes it looks at. */
export interface EmitRule {
  readonly pointer: Pointer;
  readonly extension: EmitExtension;
  readonly collection: string | undefined;
  readonly operation: Operation | undefined;
}

/** All rules that fire events: those of resources, then those of operations, as they are written. */
export function emitRulesOf(document: ApiDocument): readonly EmitRule[] {
  const { resources = {} } = document.extension;
  const byRecord = Object.entries(resources).flatMap(([collection, { emits = [] }]) =>
    emits.map((extension, index) => ({
      pointer: pointerTo('#/x-sparring/resources', collection, 'emits', index),
      extension,
      collection,
      operation: undefined,
    })),
  );
  const byCall = document.operations.flatMap((operation) =>
    (operation.extension.emits ?? []).map((extension, index) => ({
      pointer: pointerTo(operation.pointer, 'x-sparring', 'emits', index),
      extension,
      collection: undefined,
      operation,
    })),
  );
  return [...byRecord, ...byCall];
}

/** What the document says of an event, as a subscription is told of it. */
export function webhookFacts(
  document: ApiDocument,
  event: string,
  definitions: readonly WebhookDefinition[],
  subscription: SubscriptionPlan | undefined,
  emits: WebhookFacts['emits'],
): WebhookFacts {
  const [definition] = definitions;
  return {
    event,
    definitions,
    policy: documentPolicyOf(document, definition, subscription?.extension),
    layers: layersOf(document, definition, subscription),
    emits: emits && { pointer: emits.pointer, extension: emits.extension },
  };
}

function layersOf(
  document: ApiDocument,
  definition: WebhookDefinition | undefined,
  subscription: SubscriptionPlan | undefined,
): readonly Pointer[] {
  const above = definition?.pointer.slice(0, definition.pointer.lastIndexOf('/'));
  const places = [
    subscription && pointerTo(subscription.pointer, 'delivery'),
    definition && pointerTo(definition.pointer, 'x-sparring', 'delivery'),
    above === undefined ? undefined : pointerTo(above, 'x-sparring', 'delivery'),
    '#/x-sparring/delivery',
  ];
  const resolver = resolverOf(document);
  return places.filter((place) => place !== undefined).filter((place) => resolver.at(place) !== undefined);
}

/** The webhook of an event: its first method. */
export function definitionOf(document: ApiDocument, event: string): WebhookDefinition | undefined {
  return webhooksOf(document).find(({ name }) => name === event);
}
