import { pointerTo } from '../../../json/json-pointer.ts';
import type { Operation, Parameter } from '../../../openapi/document/document.ts';
import { successSchema } from '../../../openapi/document/success-schema.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { inferList } from '../../../openapi/infer/infer-list.ts';
import { listFiltersOf } from '../../../openapi/infer/list-filters.ts';
import { linksNext, pagingOf, schemaOf } from '../../../openapi/infer/list-paging.ts';
import { listSortsOf } from '../../../openapi/infer/list-sorts.ts';
import type { Case } from '../../model/case.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { PageWalk, Step } from '../../model/step.ts';
import { pageWalkOf } from '../requests/page-walk.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { type RecordSteps, recordSteps, subject } from '../requests/record-steps.ts';
import { violationsOf } from '../requests/violations-of.ts';
import { collectionCase } from './collection-case.ts';

const phase = 'lists';

/** How many records a case makes beside its subject, each with other values where that is possible. */
const others = ['second', 'third'] as const;
const mostPages = 10;
const pageSize = 2;
const nobodys = 'sparring-nobody';

/** What lists show: what was made, once; in order; filtered; page by page; and how many there are. */
export function listCases(context: PlanContext): readonly Case[] {
  const { all, lists } = context.collections;
  return [...all, ...lists].flatMap((collection) => {
    const { create, list } = collection;
    if (!list) return [];
    const parts = partsOf(context, list);
    return [
      ...readingCase(context, collection, list, parts),
      ...(create ? [...ownCases(context, collection, { create, list, parts })] : []),
    ];
  });
}

/** A look at a list from one side. */
interface Part {
  readonly what: string;
  readonly title: string;
  steps(add: RecordSteps['add'], known: string): readonly Step[];
}

function partsOf(context: PlanContext, list: Operation): readonly Part[] {
  return [pagesPart(context, list), filtersPart(context, list), sortsPart(context, list)].filter(
    (part) => part !== undefined,
  );
}

/** Looks at what is there, and makes nothing: also where the run may not write. */
function readingCase(
  context: PlanContext,
  collection: ApiCollection,
  list: Operation,
  parts: readonly Part[],
): readonly Case[] {
  const { add, preconditions } = recordSteps(context, collection, 'lists');
  const pages = pageWalkOf(context.document, list, mostPages);
  const steps = [
    ...add('list', list, { pages, binds: listed(context, list) }),
    ...parts.flatMap((part) => part.steps(add, 'listed')),
  ];
  // What cannot be made by the API is put into a mock, so that there is something to see.
  const isKept = context.model.resources.has(collection.name) && !collection.path.includes('{');
  const needed =
    collection.create || !isKept
      ? []
      : [{ name: collection.name, collection: collection.name, usableFor: undefined }];
  const title = `what the list of ${collection.name} shows`;
  return [
    collectionCase(collection, {
      phase,
      operation: list,
      what: 'as it is',
      title,
      steps,
      preconditions: [...preconditions(), ...needed],
    }),
  ];
}

/** The first record of a list, for what its fields can be filtered by. */
function listed({ document, model }: PlanContext, list: Operation): Step['binds'] {
  const schema = successSchema(list);
  const shape =
    schema === undefined
      ? undefined
      : (model.actionOf(list)?.list ?? inferList(document, list, schema, new Map()));
  if (!shape || schema === undefined) return undefined;
  const filters = listFiltersOf(document, list);
  const values = Object.fromEntries(
    filters.map(({ at }) => [fieldOf(at), `$response.body${pointerTo('#', ...shape.itemsAt, 0, ...at)}`]),
  );
  return filters.length === 0 ? undefined : { name: 'listed', values };
}

interface Own {
  readonly create: Operation;
  readonly list: Operation;
  readonly parts: readonly Part[];
}

/** The same with records of the run's own. */
function ownCases(
  context: PlanContext,
  collection: ApiCollection,
  { create, list, parts }: Own,
): readonly Case[] {
  const pages = pageWalkOf(context.document, list, mostPages);
  const make = (what: string, title: string, rest: (add: RecordSteps['add']) => readonly Step[]) => {
    const { add, create: createStep, preconditions } = recordSteps(context, collection, `lists ${what}`);
    const steps = [
      ...(what === 'created' ? add('list before', list, { pages }) : []),
      createStep('create', create, subject),
      ...others.map((name, index) => createStep(`create ${name}`, create, name, { turn: index + 1 })),
      ...rest(add),
    ];
    return collectionCase(collection, {
      phase,
      operation: list,
      what,
      title,
      steps,
      preconditions: preconditions(),
    });
  };
  return [
    make('created', `what was created, in the list of ${collection.name}`, (add) =>
      add('list', list, { pages }),
    ),
    ...parts.map(({ steps, title, what }) =>
      make(what, title, (add) => [...add('list', list, { pages }), ...steps(add, subject)]),
    ),
  ];
}

/** The list again, two records at a time: by number or cursor, and by the links to the next page. */
function pagesPart(context: PlanContext, list: Operation): Part | undefined {
  const paging = pagingOf(context.document, list);
  const walk = pageWalkOf(context.document, list, mostPages);
  const size = paging?.size;
  if (!walk || !size) return undefined;
  const change = withQuery({ [size.name]: pageSize });
  const small: PageWalk = { ...walk, size: pageSize };
  const linked: PageWalk = { ...small, by: 'link', parameter: undefined };
  return {
    what: 'pages',
    title: `${list.id} by pages of ${pageSize}`,
    steps: (add) => {
      const [probe] = add('pages', list, { change, expect: 'any' });
      if (!probe || violationsOf(context, list, probe.request)?.length !== 0) return [];
      return [
        { ...probe, pages: small },
        ...(walk.by === 'link' || !linksNext(context.document, list)
          ? []
          : [{ ...probe, name: 'linked pages', pages: linked }]),
      ];
    },
  };
}

function filtersPart(context: PlanContext, list: Operation): Part | undefined {
  const filters = listFiltersOf(context.document, list);
  if (filters.length === 0) return undefined;
  const pages = pageWalkOf(context.document, list, mostPages);
  return {
    what: 'filters',
    title: `${list.id} filtered by ${filters.map(({ parameter }) => parameter.name).join(', ')}`,
    steps: (add, known) =>
      filters.flatMap(({ at, parameter }) => {
        const by = (what: string, value: unknown) =>
          add(`filter ${parameter.name}${what}`, list, {
            change: withQuery({ [parameter.name]: value }),
            expect: 'any',
            optional: true,
            pages,
          });
        const others = otherValues(context, list, parameter, by('', 'x')[0]?.request);
        return [
          ...by('', { $from: known, field: fieldOf(at) }),
          ...others.flatMap((value) => by(` by ${String(value)}`, value)),
        ];
      }),
  };
}

/** A Reference to what keys lead to. */
function fieldOf(at: readonly string[]): string {
  const [only = ''] = at;
  return at.length === 1 ? only : pointerTo('', ...at);
}

/** Values to filter by that some or no records have: choices, or one that nobody uses. */
function otherValues(
  context: PlanContext,
  list: Operation,
  parameter: Parameter,
  request: RequestTemplate | undefined,
): readonly unknown[] {
  if (!request) return [];
  const schema = schemaOf(context.document, parameter);
  const choices = Array.isArray(schema?.enum) ? schema.enum.slice(0, 3) : [];
  const values =
    choices.length > 0 ? choices : schema?.type === 'boolean' ? [true, false] : [nobodys, 987_654];
  const isValid = (value: unknown) =>
    violationsOf(context, list, withQuery({ [parameter.name]: value })(request))?.length === 0;
  return values.filter(isValid).slice(0, 3);
}

function sortsPart(context: PlanContext, list: Operation): Part | undefined {
  const sorts = listSortsOf(context.document, list);
  if (sorts.length === 0) return undefined;
  return {
    what: 'sorts',
    title: `${list.id} in each of its orders`,
    steps: (add) =>
      sorts.flatMap(({ query }) =>
        add(`sort ${Object.values(query).join(' ')}`, list, { change: withQuery(query), expect: 'any' }),
      ),
  };
}

function withQuery(query: Readonly<Record<string, unknown>>) {
  return (template: RequestTemplate): RequestTemplate => ({
    ...template,
    query: { ...template.query, ...query },
  });
}
