import { childOf } from '../../../json/json-pointer.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Case } from '../../model/case.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { Step } from '../../model/step.ts';
import { pageWalkOf } from '../requests/page-walk.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { bystander, recordSteps, subject } from '../requests/record-steps.ts';
import type { RequestField } from '../requests/request-fields.ts';
import { unusual } from '../requests/unusual.ts';
import { variableFields, varied, withOther } from '../requests/varied.ts';
import { withoutOptional } from '../requests/without-optional.ts';
import { collectionCase } from './collection-case.ts';
import { negativeCases } from './negative-cases.ts';

const phase = 'writes';

/** Other than those that records are made with, as far as there are others: the first that gives another value is taken. */
const updateTurns = [5, 7, 3, 2, 1];
/** Even, so that yes and no are those of the subject: what the update sets is then news for both. */
const bystanderTurn = 4;
const mostPages = 10;
/** How many rules are broken for one operation, to see whether what is refused leaves a trace. */
const mostRefused = 3;

/** What a write changes and what it does not: in its own record, in others, in the list; when it is repeated or refused. */
export function writeCases(context: PlanContext): readonly Case[] {
  return context.collections.all.flatMap((collection) => [
    ...readingCase(context, collection),
    ...locationCase(context, collection),
    ...unusualCase(context, collection),
    ...collection.updates.flatMap((update) => updateCase(context, collection, update)),
    ...deletionCase(context, collection),
    ...refusedCases(context, collection),
  ]);
}

/** Reads a record and its list twice: reading changes nothing (RFC 9110, section 9.2.1). */
function readingCase(context: PlanContext, collection: ApiCollection): readonly Case[] {
  const { create, list } = collection;
  // A record that cannot be found cannot be read.
  const read = (create ?? list) ? collection.read : undefined;
  const operation = read ?? list;
  if (!operation) return [];
  const { add, preconditions } = recordSteps(context, collection, 'reading');
  const pages = list && pageWalkOf(context.document, list, mostPages);
  const about = collection.name;
  const steps = [
    ...add('list', list, { pages }),
    ...add('read', read, { about }),
    ...add('read again', read, { about }),
    ...add('list again', list, { pages }),
  ];
  // A record to read is there before the first step.
  const needed = read ? [{ name: about, collection: about, usableFor: undefined }] : [];
  const title = `reading one of ${collection.name} twice`;
  return [
    collectionCase(collection, {
      phase,
      operation,
      steps,
      what: 'reading',
      title,
      preconditions: [...preconditions(), ...needed],
    }),
  ];
}

/** Reads what was created where its Location says that it is. */
function locationCase(context: PlanContext, collection: ApiCollection): readonly Case[] {
  const { create, read } = collection;
  if (!create || !read) return [];
  const { add, create: createStep, preconditions } = recordSteps(context, collection, 'location');
  const followed = add('location', read, { expect: 'any' }).map((step) => ({
    ...step,
    at: 'location' as const,
  }));
  const steps = [createStep('create', create, subject), ...followed];
  const title = `the Location of a new one of ${collection.name}`;
  return [
    collectionCase(collection, {
      phase,
      operation: create,
      steps,
      what: 'location',
      title,
      preconditions: preconditions(),
    }),
  ];
}

/** Creates with values that are easily lost on the way. */
function unusualCase(context: PlanContext, collection: ApiCollection): readonly Case[] {
  const { create, list, read } = collection;
  if (!create) return [];
  const { add, create: createStep, preconditions } = recordSteps(context, collection, 'unusual');
  const usual = createStep('create', create, subject);
  const request = unusual(context, create, usual.request);
  if (request === usual.request) return [];
  const pages = list && pageWalkOf(context.document, list, mostPages);
  // What it means to the server is not known; if it is taken, then as it is.
  const steps: readonly Step[] = [
    { ...usual, request, expect: 'any' },
    ...add('read', read, { optional: true }),
    ...add('list', list, { pages }),
  ];
  const title = `one of ${collection.name} with null, text of other scripts and fractions`;
  return [
    collectionCase(collection, {
      phase,
      operation: create,
      steps,
      what: 'unusual',
      title,
      preconditions: preconditions(),
    }),
  ];
}

function updateCase(context: PlanContext, collection: ApiCollection, update: Operation): readonly Case[] {
  const { create, list, read } = collection;
  if (!create || (!read && !list)) return [];
  const { add, create: createStep, preconditions } = recordSteps(context, collection, `update ${update.id}`);
  const pages = list && pageWalkOf(context.document, list, mostPages);
  const created = createStep('create', create, subject);
  const change = (template: RequestTemplate) =>
    smallUpdate(context, update, template, created.request.body?.value);
  const unique = `update ${update.id} again`;
  const view = (when: string) => [
    ...add(`read ${when}`, read),
    ...add(`list ${when}`, list, { pages }),
    ...add(`read bystander ${when}`, read, { about: bystander, expect: 'any' }),
  ];
  const steps = [
    created,
    createStep('create bystander', create, bystander, { turn: bystanderTurn }),
    ...view('before update'),
    ...add('update', update, { change, unique, expect: 'any' }),
    ...view('after update'),
    ...(update.method === 'put'
      ? [...add('update again', update, { change, unique, expect: 'any' }), ...view('after update again')]
      : []),
  ];
  const title = `what an update of one of ${collection.name} changes`;
  return [
    collectionCase(collection, {
      phase,
      operation: update,
      steps,
      what: 'update',
      title,
      preconditions: preconditions(),
    }),
  ];
}

/**
 * An update of as little as it takes, with values that the record does not have yet.
 *
 * @param created what the record is made with
 */
function smallUpdate(
  context: PlanContext,
  update: Operation,
  template: RequestTemplate,
  created: unknown,
): RequestTemplate {
  const fields = variableFields(context, update, template);
  const field = fields.find(({ location }) => location.split('/').length === 2);
  const kept = field?.location;
  const smallest = withoutOptional(context, update, template, kept);
  // Of yes and no the other one may be what the record has.
  if (field && field.value === !hadBefore(field, created)) return smallest;
  const tried = updateTurns.map((turn) =>
    kept === undefined
      ? varied(context, update, smallest, turn)
      : withOther(context, update, smallest, kept, turn),
  );
  return tried.find((each) => each !== smallest) ?? smallest;
}

/** The yes or no that a record was made with; where that is not told, the other one than an update shows, which shows a change. */
function hadBefore({ merged, name, value }: RequestField, created: unknown): unknown {
  const [fallback] = merged.nodes.map((node) => node.default).filter((each) => typeof each === 'boolean');
  return childOf(created, name) ?? fallback ?? !value;
}

function deletionCase(context: PlanContext, collection: ApiCollection): readonly Case[] {
  const { create, delete: operation, list, read } = collection;
  if (!create || !operation || (!read && !list)) return [];
  const { add, create: createStep, preconditions } = recordSteps(context, collection, 'deletion');
  const pages = list && pageWalkOf(context.document, list, mostPages);
  const view = (when: string) => [
    ...add(`list ${when}`, list, { pages }),
    ...add(`read bystander ${when}`, read, { about: bystander, expect: 'any' }),
  ];
  const steps = [
    ...add('list before creation', list, { pages }),
    createStep('create', create, subject),
    createStep('create bystander', create, bystander, { turn: 1 }),
    ...view('before delete'),
    ...add('delete', operation),
    ...view('after delete'),
    ...add('delete again', operation, { expect: 'any' }),
    ...view('after delete again'),
  ];
  const title = `what deleting one of ${collection.name} takes away`;
  return [
    collectionCase(collection, {
      phase,
      operation,
      steps,
      what: 'deletion',
      title,
      preconditions: preconditions(),
    }),
  ];
}

/** Writes that are refused, with a look at the list or the record before and after. */
function refusedCases(context: PlanContext, collection: ApiCollection): readonly Case[] {
  const { create, list, read, updates } = collection;
  const ofCreation = create && list ? refused(context, create) : [];
  const pages = list && pageWalkOf(context.document, list, mostPages);
  const creations = ofCreation.map((negative) => {
    const { add, preconditions } = recordSteps(context, collection, negative.id);
    const steps = [
      ...add('list before refusal', list, { pages }),
      ...refusal(negative),
      ...add('list after refusal', list, { pages }),
    ];
    return refusedCase(collection, negative, steps, [...negative.preconditions, ...preconditions()]);
  });
  if (!create || !(read ?? list)) return creations;
  const changes = updates.flatMap((update) =>
    refused(context, update).map((negative) => {
      const { add, create: createStep, preconditions } = recordSteps(context, collection, negative.id);
      const steps = [
        createStep('create', create, subject),
        ...add('read before refusal', read),
        ...add('list before refusal', list, { pages }),
        ...add('update', update, { expect: 'refused', change: (own) => broken(own, negative) }).map(
          (step) => ({ ...step, name: 'refused', ...brokenOf(negative) }),
        ),
        ...add('read after refusal', read),
        ...add('list after refusal', list, { pages }),
      ];
      const others = negative.preconditions.filter(({ name }) => name !== collection.name);
      return refusedCase(collection, negative, steps, [...others, ...preconditions()]);
    }),
  );
  return [...creations, ...changes];
}

/** Negatives of an operation's body, each by another keyword. */
function refused(context: PlanContext, operation: Operation): readonly Case[] {
  const negatives = negativeCases(context, operation, { generated: 0, onGap: () => {} }).filter(
    ({ steps: [step] }) => step?.broken?.location.startsWith('body/'),
  );
  const byKeyword = Map.groupBy(negatives, ({ steps: [step] }) => step?.broken?.keyword);
  return [...byKeyword.values()].flatMap((group) => group.slice(0, 1)).slice(0, mostRefused);
}

function refusal({ steps }: Case): readonly Step[] {
  return steps.map((step) => ({ ...step, name: 'refused' }));
}

/** The request about the case's own record, with the body of the negative. */
function broken(own: RequestTemplate, { steps: [step] }: Case): RequestTemplate {
  return step ? { ...own, body: step.request.body } : own;
}

function brokenOf({ steps: [step] }: Case): Pick<Step, 'broken'> {
  return step?.broken ? { broken: step.broken } : {};
}

function refusedCase(
  collection: ApiCollection,
  { id, operation, title }: Case,
  steps: readonly Step[],
  preconditions: Case['preconditions'],
): Case {
  const what = `refused-${id.split('/').slice(2).join('/')}`;
  const unique = new Map(preconditions.map((precondition) => [precondition.name, precondition]));
  return collectionCase(collection, {
    phase,
    operation,
    steps,
    what,
    title,
    preconditions: [...unique.values()],
  });
}
