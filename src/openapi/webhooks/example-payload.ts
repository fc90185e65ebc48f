import { SparringError, type Violation } from '../../errors.ts';
import type { ApiDocument } from '../document/document.ts';
import { type SampleOptions, type SampleSource, sample } from '../sample/sample.ts';
import { seededSource } from '../sample/seeded-source.ts';
import { varyExample } from '../sample/vary-example.ts';
import { noViolations, type Validators } from '../schema/validators.ts';
import type { WebhookExample } from './webhook-examples.ts';
import type { WebhookDefinition } from './webhooks.ts';

/** The parts of a webhook or callback that a payload is made from. */
export type PayloadDefinition = Pick<WebhookDefinition, 'name' | 'schema' | 'examples' | 'mediaType'>;

interface PayloadOptions {
  /** The name of an example. */
  readonly example?: string | undefined;
  /** Ids, names, times and the like differ from seed to seed; absent: what the document shows, unchanged. */
  readonly seed?: number | string | undefined;
}

/** How often variations that the document refuses are taken back before the example is left as it is. */
const mostRounds = 20;

/**
 * What is wrong with a payload by the schema of its webhook. Whoever sends a webhook is the server, so that `readOnly`
 * properties count, and `writeOnly` ones do not.
 */
export function checkPayload(
  validators: Validators,
  { schema }: PayloadDefinition,
  payload: unknown,
): readonly Violation[] {
  return schema === undefined ? noViolations : validators.validate(schema, payload, 'response', 'payload');
}

/**
 * A payload of a webhook that its document allows: the example of a name, else the first valid one, else one made from the
 * schema. The same seed gives the same payload. Undefined for a webhook without a body.
 *
 * @throws SparringError `unknown-example`; `payload-invalid`, with the violations, for a named example that is not valid and
 *   for a schema of which no valid value could be made
 */
export function examplePayload(
  document: ApiDocument,
  validators: Validators,
  webhook: PayloadDefinition,
  options: PayloadOptions = {},
): unknown {
  const { seed } = options;
  const example = chooseExample(validators, webhook, options.example);
  if (!example && !webhook.mediaType) return undefined;
  const payload = example ? example.value : generate(document, validators, webhook, seed);
  return seed === undefined
    ? payload
    : varied(validators, webhook, payload, seededSource(webhook.name, seed));
}

function chooseExample(
  validators: Validators,
  webhook: PayloadDefinition,
  name: string | undefined,
): WebhookExample | undefined {
  const { examples } = webhook;
  if (name === undefined)
    return examples.find(({ value }) => checkPayload(validators, webhook, value).length === 0);
  const example = examples.find((each) => each.name === name);
  if (!example) {
    const names = examples.map((each) => each.name).join(', ');
    throw new SparringError(
      'unknown-example',
      `The webhook ${webhook.name} has no example named "${name}".`,
      {
        next: names === '' ? 'It has none; leave the example out.' : `It has ${names}.`,
      },
    );
  }
  const violations = checkPayload(validators, webhook, example.value);
  if (violations.length === 0) return example;
  throw refused(`The example "${name}" of the webhook ${webhook.name}`, violations);
}

/** The ways to make a payload, each less hopeful than the one before. */
function attemptsFor(validators: Validators, isVaried: boolean): readonly SampleOptions[] {
  return [
    { full: true, varied: isVaried },
    { full: true, varied: isVaried, validators },
    { full: true, validators },
    { validators },
    {},
  ];
}

function generate(
  document: ApiDocument,
  validators: Validators,
  webhook: PayloadDefinition,
  seed: number | string | undefined,
): unknown {
  const { schema } = webhook;
  if (schema === undefined) return {};
  let violations: readonly Violation[] | undefined;
  for (const options of attemptsFor(validators, seed !== undefined)) {
    const source = seededSource(webhook.name, seed ?? '');
    const payload = sample(document, schema, source, webhook.name, { ...options, event: webhook.name });
    const found = checkPayload(validators, webhook, payload);
    if (found.length === 0) return payload;
    violations ??= found;
  }
  throw refused(`No payload could be made for the webhook ${webhook.name}: one`, violations ?? noViolations);
}

/** A payload varied by a source; where the document refuses a variation, that leaf stays as it was. */
function varied(
  validators: Validators,
  webhook: PayloadDefinition,
  payload: unknown,
  source: SampleSource,
): unknown {
  const kept = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const changed = varyExample(payload, source, (pointer) => kept.has(pointer));
    const violations = checkPayload(validators, webhook, changed);
    if (violations.length === 0) return changed;
    const before = kept.size;
    for (const { location } of violations) kept.add(location.slice('payload'.length));
    if (kept.size === before) break;
  }
  return payload;
}

function refused(what: string, violations: readonly Violation[]): SparringError {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const which = first === undefined ? '' : `: ${first.location} ${first.message}${more}`;
  return new SparringError('payload-invalid', `${what} breaks the document${which}.`, {
    violations,
    next: 'Give an example that its schema allows, or mend the schema.',
  });
}
