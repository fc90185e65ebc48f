import type { Command } from 'commander';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { schemaWithDefinitions } from '../../openapi/document/schema-with-definitions.ts';
import { bundledApis } from '../../openapi/load/bundled-apis.ts';
import { eventsOf, findEvent, isCallback, type WebhookDefinition } from '../../openapi/webhooks/webhooks.ts';
import { documentPolicyOf } from '../../webhooks/document-policy.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import { formatTable } from '../common/format-table.ts';
import { loadApi } from '../common/load-api.ts';
import { print } from '../common/print.ts';
import { paintForTerminal } from '../common/words.ts';
import { deliveryHeaders, describeDelivery } from './describe-delivery.ts';
import { schemaFieldsOf } from './schema-fields.ts';
import { wrapRows } from './wrap-rows.ts';

/** `sparring events [api] [event]`: what a document says its API tells others. */
export function addEvents(program: Command): void {
  program
    .command('events')
    .description(
      'List the webhooks and callbacks of bundled APIs or of a document, or show one with its example',
    )
    .argument('[api]', 'name of a bundled API, or path of an OpenAPI document (default: every bundled API)')
    .argument('[event]', 'name of one webhook, or <operationId>/<callback>')
    .option('--json', 'print JSON')
    .action(events);
}

async function events(
  api: string | undefined,
  event: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  const names = api === undefined ? bundledApis().map(({ name }) => name) : [api];
  const documents = await Promise.all(names.map(loadApi));
  const [document] = documents;
  if (event !== undefined && document) {
    showOne(document, findEvent(document, event), json);
    return;
  }
  const all = documents.flatMap((one) => eventsOf(one).map((webhook) => ({ document: one, webhook })));
  if (json)
    return print(
      JSON.stringify(
        all.map(({ document: { name }, webhook }) => inJson(name, webhook)),
        null,
        2,
      ),
    );
  if (all.length === 0) return print('No webhooks are described.');
  const rows = all.map(({ document: one, webhook }) => [
    one.name,
    webhook.event,
    whatHappened(webhook),
    webhook.examples.map((example) => example.name).join(', ') || 'none',
    describeDelivery(documentPolicyOf(one, webhook)),
  ]);
  print(formatTable(['API', 'Event', 'What happened', 'Examples', 'Delivery'], rows));
}

/** A callback says where it goes, which a webhook leaves to its subscriptions. */
function whatHappened(webhook: WebhookDefinition): string {
  const { summary = '' } = webhook;
  return isCallback(webhook) ? `${summary} (callback to ${webhook.url})`.trim() : summary;
}

function inJson(api: string, webhook: WebhookDefinition) {
  const { event, examples, mediaType, method, summary } = webhook;
  return {
    api,
    event,
    summary,
    ...(isCallback(webhook) && { callback: webhook.url }),
    method: method.toUpperCase(),
    contentType: mediaType?.name,
    examples: examples.map((example) => example.name),
  };
}

function showOne(document: ApiDocument, webhook: WebhookDefinition, json: boolean | undefined): void {
  const { examples, schema } = webhook;
  const policy = documentPolicyOf(document, webhook);
  if (!json) {
    print(inWords(document, webhook, policy));
    return;
  }
  const payloads = Object.fromEntries(examples.map((example) => [example.name, example.value]));
  const shape = schema === undefined ? null : schemaWithDefinitions(document, schema);
  const shown = { ...inJson(document.name, webhook), payloads, schema: shape, delivery: policy };
  print(JSON.stringify(shown, null, 2));
}

function inWords(document: ApiDocument, webhook: WebhookDefinition, policy: DeliveryPolicy): string {
  const { description, event, examples, method, schema } = webhook;
  const headers = deliveryHeaders(policy).map(
    ([header, value]) => `${paintForTerminal('dim', `${header}:`)} ${value}`,
  );
  const fields = schema === undefined ? [] : schemaFieldsOf(schemaWithDefinitions(document, schema));
  const width = process.stdout.columns ?? 120;
  const [first] = examples;
  const example = first
    ? [paintForTerminal('dim', `Example ${first.name}:`), JSON.stringify(first.value, null, 2)]
    : [paintForTerminal('dim', 'The document has no example; sparring fire makes a payload.')];
  return [
    `${paintForTerminal('bold', event)}  ${whatHappened(webhook)}`,
    ...(description === undefined ? [] : ['', description.trim()]),
    '',
    describeDelivery(policy),
    '',
    paintForTerminal('bold', method.toUpperCase()),
    ...headers,
    ...(fields.length === 0 ? [] : ['', ...wrapRows(fields, width)]),
    '',
    ...example,
  ].join('\n');
}
