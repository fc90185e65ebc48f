import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { fillTemplate } from '../../../openapi/expressions/fill-template.ts';
import { rootOfExpression } from '../../../openapi/expressions/runtime-expression.ts';
import type { Check } from '../../model/check.ts';
import type { WebhookCheckpoint } from '../../model/webhook-run.ts';
import { isAlike } from '../judging/record-life.ts';
import { sendingOf, webhookFinding } from '../judging/webhook-findings.ts';
import { judgeCheckpoints, type WebhookCaseRun } from '../judging/webhook-runs.ts';

interface Disagreement {
  readonly at: string;
  readonly expected: unknown;
  readonly seen: unknown;
}

const mostOfOne = 3;

export const webhookEqualsRead: Check = {
  id: 'webhook-equals-read',
  grade: 'contract',
  rule: 'A payload tells of the record that was changed, as a subsequent read shows it.',
  blindTo: 'Times, ids of deliveries and settings of the provider; fields that a read does not show.',
  phases: ['webhooks'],
  judge: (caseRun) =>
    judgeCheckpoints(caseRun, (checkpoint, [first], run) => {
      if (!first || !checkpoint.change || checkpoint.expect !== 'delivery') return [];
      const found = compare(run, checkpoint, first.arrival.json);
      if (!found) return [];
      const ground = { checkpoint, ...sendingOf(checkpoint.facts) };
      if (found.length === 0) return [webhookFinding(ground)];
      return found.slice(0, mostOfOne).map(({ at, expected, seen }) =>
        webhookFinding(ground, {
          expected: `${at} is ${brief(expected)}, as it is read afterwards`,
          seen: brief(seen),
          location: at,
        }),
      );
    }),
};

function brief(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}

/** Where a payload says something else than the record; undefined where it cannot be told which record it speaks of. */
function compare(
  { isMock }: WebhookCaseRun,
  { change, facts, subscription }: WebhookCheckpoint,
  payload: unknown,
): readonly Disagreement[] | undefined {
  const { emits, event } = facts;
  if (!emits) return isObject(change?.after) ? compareById(change.after, payload) : undefined;
  const { after, before, response } = change ?? {};
  const roots = Object.entries({ before, after, subscription, response }).flatMap(([root, value]) =>
    value === undefined ? [] : [`$${root}`],
  );
  const usual = response === undefined ? '$after' : '$response.body';
  const template = knownPart(emits.extension.payload ?? usual, roots);
  const expected = fillTemplate(template, {
    before,
    after,
    subscription,
    response: { body: response },
    event: { id: null, name: event, at: 0 },
  });
  return expected === undefined ? undefined : [...disagreements(expected, payload, 'payload', isMock)];
}

/** A template without what only the sender knows; the places of that are left free. */
function knownPart(template: unknown, roots: readonly string[]): unknown {
  if (typeof template === 'string') {
    const isExpression = /^\$[A-Za-z]/.test(template);
    const isKnown = template === '$event.name' || roots.includes(rootOfExpression(template) ?? '');
    const isElsewhere = /^\$response\.(?!body)/.test(template);
    return isExpression && (!isKnown || isElsewhere) ? free : template;
  }
  if (Array.isArray(template)) return template.map((part) => knownPart(part, roots));
  if (!isObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, knownPart(part, roots)]));
}

/** Stands where anything may. */
const free = '{free}';

function* disagreements(
  expected: unknown,
  seen: unknown,
  at: string,
  isExact: boolean,
): Generator<Disagreement> {
  if (expected === free) return;
  if (isObject(expected) && isObject(seen)) {
    for (const [name, part] of Object.entries(expected))
      yield* disagreements(part, seen[name], `${at}/${name}`, isExact);
    for (const name of isExact ? Object.keys(seen) : []) {
      if (!Object.hasOwn(expected, name))
        yield { at: `${at}/${name}`, expected: undefined, seen: seen[name] };
    }
    return;
  }
  if (Array.isArray(expected) && Array.isArray(seen) && expected.length === seen.length) {
    for (const [index, part] of expected.entries())
      yield* disagreements(part, seen[index], `${at}/${index}`, isExact);
    return;
  }
  if (!isAlike(expected, seen)) yield { at, expected, seen };
}

/** Of a payload of which only the schema is known: the part with the record's id, in the fields that both have. */
function compareById(record: JsonObject, payload: unknown): readonly Disagreement[] | undefined {
  const found = partWithId(record, payload, 'payload');
  if (!found) return undefined;
  return Object.entries(record).flatMap(([name, expected]) => {
    const seen = found.part[name];
    const isShared = Object.hasOwn(found.part, name);
    return !isShared || isAlike(expected, seen) ? [] : [{ at: `${found.at}/${name}`, expected, seen }];
  });
}

function partWithId(
  record: JsonObject,
  value: unknown,
  at: string,
): { readonly part: JsonObject; readonly at: string } | undefined {
  if (!isObject(value)) return undefined;
  if (record.id !== undefined && value.id === record.id) return { part: value, at };
  for (const [name, part] of Object.entries(value)) {
    const found = partWithId(record, part, `${at}/${name}`);
    if (found) return found;
  }
  return undefined;
}
