import { styleText } from 'node:util';
import type { ApiDocument, Operation } from '../../openapi/document/document.ts';
import type { EmitExtension, SubscriptionExtension } from '../../openapi/document/extension.ts';
import type { Resource, ResourceModel } from '../../openapi/infer/infer-resources.ts';
import { isOpen } from '../../openapi/infer/is-open.ts';
import { whyUnsure } from '../../openapi/infer/why-unsure.ts';
import { createTolerantValidators } from '../../openapi/schema/tolerant-validators.ts';
import { callbacksOf, type WebhookDefinition, webhooksOf } from '../../openapi/webhooks/webhooks.ts';
import { visibleLine } from '../../visible.ts';
import { wrapRows } from './wrap-rows.ts';

/** What one operation does, and why that is thought. */
export interface ExplainedOperation {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly resource: string;
  readonly action: string;
  readonly why: string;
  readonly provenance: 'document' | 'inferred';
}

export interface Explanation {
  readonly api: string;
  readonly title: string;
  /** What is wrong in the document and read all the same, or of no use, each with file, line and column. */
  readonly warnings: readonly string[];
  readonly operations: readonly ExplainedOperation[];
  readonly resources: readonly {
    readonly collection: string;
    readonly id: string;
    readonly facts: readonly string[];
  }[];
  readonly webhooks: readonly ExplainedWebhook[];
  readonly callbacks: readonly ExplainedCallback[];
  readonly subscriptions: readonly {
    readonly collection: string;
    readonly url: string;
    readonly facts: readonly string[];
  }[];
  readonly settings: readonly {
    readonly name: string;
    readonly default: string;
    readonly description: string;
  }[];
  readonly controls: readonly { readonly name: string; readonly summary: string }[];
  readonly magic: readonly { readonly field: string; readonly description: string }[];
}

/** One webhook, and what fires it. */
export interface ExplainedWebhook {
  readonly webhook: string;
  readonly method: string;
  readonly mediaTypes: readonly string[];
  readonly examples: readonly string[];
  /** Collections whose changes fire it, and ids of operations whose success does; none: it is only fired by hand. */
  readonly emittedBy: readonly string[];
  readonly summary: string;
}

export interface ExplainedCallback {
  readonly operation: string;
  readonly callback: string;
  readonly method: string;
  readonly url: string;
  readonly mediaTypes: readonly string[];
}

/**
 * Says what every operation of a document does to which resource, which webhooks, settings and controls there are.
 *
 * @param own ids of operations that the provider's own code answers
 */
export function explainDocument(
  document: ApiDocument,
  model: ResourceModel,
  own: readonly string[] = [],
): Explanation {
  const { controls = {}, magic = {}, settings = {}, subscriptions = [] } = document.extension;
  return {
    api: document.name,
    title: document.title,
    warnings: warningsOf(document),
    operations: document.operations.map((operation) => explainOperation(document, operation, model, own)),
    resources: [...model.resources.values()].map((resource) => ({
      collection: resource.collection,
      id: resource.id,
      facts: factsOf(resource),
    })),
    webhooks: webhooksOf(document).map((webhook) => explainWebhook(document, webhook)),
    callbacks: document.operations.flatMap((operation) =>
      callbacksOf(document, operation).map(({ mediaTypes, method, name, url }) => ({
        operation: operation.id,
        callback: name,
        method: method.toUpperCase(),
        url,
        mediaTypes: mediaTypes.map((mediaType) => mediaType.name),
      })),
    ),
    subscriptions: subscriptions.map((subscription) => ({
      collection: subscription.collection,
      url: subscription.url,
      facts: subscriptionFacts(subscription),
    })),
    settings: Object.entries(settings).map(([name, setting]) => ({
      name,
      default: String(setting.default),
      description: setting.description.trim(),
    })),
    controls: Object.entries(controls).map(([name, { summary }]) => ({ name, summary })),
    magic: Object.entries(magic).map(([field, description]) => ({ field, description })),
  };
}

function warningsOf(document: ApiDocument): readonly string[] {
  const validators = createTolerantValidators(document);
  for (const operation of document.operations) {
    validators.faultOf(operation, 'request');
    validators.faultOf(operation, 'response');
  }
  return [...document.warnings(), ...validators.faults().map((fault) => `${fault}.`)];
}

function explainWebhook(
  document: ApiDocument,
  { examples, mediaTypes, method, name, summary }: WebhookDefinition,
): ExplainedWebhook {
  const fires = (emits: readonly EmitExtension[] = []) => emits.some(({ event }) => event === name);
  const { resources = {} } = document.extension;
  return {
    webhook: name,
    method: method.toUpperCase(),
    mediaTypes: mediaTypes.map((mediaType) => mediaType.name),
    examples: examples.map((example) => example.name),
    emittedBy: [
      ...Object.entries(resources).flatMap(([collection, { emits }]) => (fires(emits) ? [collection] : [])),
      ...document.operations.flatMap(({ extension, id }) => (fires(extension.emits) ? [id] : [])),
    ],
    summary: summary ?? '',
  };
}

function subscriptionFacts(subscription: SubscriptionExtension): readonly string[] {
  const { any, events, onAttempt, onDelivery, onDisable, secret, when } = subscription;
  const writes = { onDelivery, onAttempt, onDisable };
  const shown = (template: unknown) => (typeof template === 'string' ? template : JSON.stringify(template));
  return [
    events === undefined ? 'told of all events' : `told of ${shown(events)}`,
    ...(any === undefined ? [] : [`${any} stands for all events`]),
    ...(secret === undefined ? [] : [`signed with ${shown(secret)}`]),
    ...(when === undefined ? [] : ['under a condition']),
    ...Object.entries(writes).flatMap(([name, list]) => (list?.length ? [`writes records ${name}`] : [])),
  ];
}

function explainOperation(
  document: ApiDocument,
  operation: Operation,
  model: ResourceModel,
  own: readonly string[],
): ExplainedOperation {
  const { id, method, path } = operation;
  const place = { operation: id, method: method.toUpperCase(), path };
  const action = model.actionOf(operation);
  if (own.includes(id)) {
    return {
      ...place,
      resource: action?.resource.collection ?? '',
      action: 'own',
      why: 'has code of its own',
      provenance: 'document',
    };
  }
  if (operation.extension.action === 'token') {
    const why = 'is an OAuth 2.0 token endpoint';
    return { ...place, resource: '', action: 'token', why, provenance: 'document' };
  }
  if (!action)
    return {
      ...place,
      resource: '',
      action: 'example',
      why: isOpen(document)
        ? `answered from examples and schemas: ${whyUnsure(operation)}`
        : 'answered from examples and schemas',
      provenance: 'inferred',
    };
  return {
    ...place,
    resource: action.resource.collection,
    action: action.action,
    why: action.why,
    provenance: action.provenance,
  };
}

function factsOf({ cascade, hidden, order, relations, schema, timestamps }: Resource): readonly string[] {
  return [
    ...(schema === undefined ? [] : [`schema ${schema.split('/').at(-1)}`]),
    ...(order === undefined ? [] : [`sorted by ${order}`]),
    ...(timestamps
      ? [
          `times ${[timestamps.created, timestamps.updated].filter((name) => name !== undefined).join(', ')} in ${timestamps.unit}`,
        ]
      : []),
    ...Object.entries(relations ?? {}).map(([field, collection]) => `${field} names one of ${collection}`),
    ...Object.keys(cascade ?? {}).map((collection) => `its ${collection} go with it`),
    ...(hidden ? ['kept, not served'] : []),
  ];
}

/** An explanation as tables. Rows longer than `width` columns are wrapped between words. */
export function formatExplanation(
  explanation: Explanation,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const heading = (text: string) => (color ? styleText('bold', text, { validateStream: false }) : text);
  return [
    heading(visibleLine(`${explanation.api}: ${explanation.title}`)),
    ...sectionsOf(explanation)
      .filter(({ rows }) => rows.length > 0)
      .flatMap(({ rows, title }) => [
        '',
        heading(title),
        ...wrapRows(
          rows.map((cells) => cells.map(visibleLine)),
          width,
        ),
      ]),
  ].join('\n');
}

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

function sectionsOf(explanation: Explanation): readonly Section[] {
  const { callbacks, controls, magic, operations, resources, settings, subscriptions, warnings, webhooks } =
    explanation;
  return [
    { title: 'Wrong in the document', rows: warnings.map((warning) => [visibleLine(warning)]) },
    {
      title: 'Operations',
      rows: operations.map(({ action, method, operation, path, resource, why }) => [
        method,
        path,
        operation,
        action,
        resource,
        why,
      ]),
    },
    {
      title: 'Resources',
      rows: resources.map(({ collection, facts, id }) => [collection, `by ${id}`, facts.join('; ')]),
    },
    {
      title: 'Webhooks',
      rows: webhooks.map(({ emittedBy, mediaTypes, method, summary, webhook }) => [
        method,
        webhook,
        mediaTypes.join(', ') || 'no body',
        emittedBy.length > 0 ? `by ${emittedBy.join(', ')}` : 'by hand',
        firstSentence(summary),
      ]),
    },
    {
      title: 'Callbacks',
      rows: callbacks.map(({ callback, mediaTypes, method, operation, url }) => [
        method,
        `${operation}/${callback}`,
        mediaTypes.join(', ') || 'no body',
        `to ${url}`,
      ]),
    },
    {
      title: 'Subscriptions',
      rows: subscriptions.map(({ collection, facts, url }) => [collection, `to ${url}`, facts.join('; ')]),
    },
    {
      title: 'Settings',
      rows: settings.map(({ default: fallback, description, name }) => [
        name,
        fallback,
        firstSentence(description),
      ]),
    },
    { title: 'Controls', rows: controls.map(({ name, summary }) => [name, firstSentence(summary)]) },
    {
      title: 'Steering values',
      rows: magic.map(({ description, field }) => [field, firstSentence(description)]),
    },
  ];
}

/** The first sentence of a text, whose lines may be broken anywhere. */
function firstSentence(text: string): string {
  const [paragraph = ''] = text.trim().split(/\n\s*\n/, 1);
  return paragraph.replaceAll(/\s+/g, ' ').replace(/(?<=[.!?]) (?=[A-Z]).*$/, '');
}
