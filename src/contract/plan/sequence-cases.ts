import type { Operation } from '../../openapi/document.ts';
import type { Case, Expectation, Need, RequestTemplate, Step } from '../types.ts';
import { baseRequest } from './base-request.ts';
import type { Collection } from './collections.ts';
import { makeStep } from './make-case.ts';
import type { PlanContext } from './plan-context.ts';
import { fillTemplate } from './templates.ts';

const subject = 'subject';

/** The life of a record of each collection that can be created: create, read, list, update, read, delete, read, list. */
export function sequenceCases(context: PlanContext): readonly Case[] {
  return context.collections.all.flatMap((collection) => {
    const { create } = collection;
    if (!create) return [];
    return (create.requestBody?.mediaTypes ?? [undefined]).slice(0, 2).map((mediaType, index): Case => {
      const needs = new Map<string, Need>();
      const add = adder(context, collection, needs);
      const label = `life ${collection.name}${index === 0 ? '' : ` ${mediaType?.name}`}`;
      const base = baseRequest(context, create, {
        mediaType,
        fullest: true,
        unique: `${create.id} ${label}`,
      });
      for (const need of base.needs) needs.set(need.name, need);
      const steps = [
        makeStep(context, {
          name: 'create',
          operation: create,
          template: base.template,
          expect: 'accepted',
          saveAs: subject,
        }),
        ...add('read', collection.read),
        ...add('list', collection.list),
        ...collection.updates.flatMap((update) => [
          ...add('update', update, 'accepted', label),
          ...add('read after update', collection.read),
        ]),
        ...add('list after update', collection.updates.length > 0 ? collection.list : undefined),
        ...add('delete', collection.delete),
        ...(collection.delete
          ? [
              ...add('read after delete', collection.read, 'gone'),
              ...add('list after delete', collection.list),
            ]
          : []),
      ];
      return {
        id: `${create.id}/sequences/${label.replaceAll(' ', '-')}`,
        phase: 'sequences',
        operation: create,
        title: `the life of one of ${collection.name}`,
        needs: [...needs.values()],
        steps,
        collection: collection.name,
        writes: true,
      };
    });
  });
}

/** Makes a step about the record of the sequence, and gathers what else it needs. */
function adder(context: PlanContext, collection: Collection, needs: Map<string, Need>) {
  return (
    name: string,
    operation: Operation | undefined,
    expect: Expectation = 'accepted',
    unique = name,
  ): readonly Step[] => {
    if (!operation) return [];
    const base = baseRequest(context, operation, { fullest: true, unique: `${operation.id} ${unique}` });
    for (const need of base.needs) if (need.collection !== collection.name) needs.set(need.name, need);
    const template = aboutSubject(base.template, collection);
    return [makeStep(context, { name, operation, template, expect })];
  };
}

function aboutSubject(template: RequestTemplate, { name }: Collection): RequestTemplate {
  return fillTemplate(template, (reference) =>
    reference.$from === name ? { ...reference, $from: subject } : reference,
  );
}
