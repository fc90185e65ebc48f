import type { Case } from '../../model/case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { recordSteps, subject } from '../requests/record-steps.ts';

/** The life of a record of each collection that can be created: create, read, list, update, read, delete, read, list. */
export function sequenceCases(context: PlanContext): readonly Case[] {
  return context.collections.all.flatMap((collection) => {
    const { create } = collection;
    if (!create) return [];
    return (create.requestBody?.mediaTypes ?? [undefined]).slice(0, 2).map((mediaType, index): Case => {
      const label = `life ${collection.name}${index === 0 ? '' : ` ${mediaType?.name}`}`;
      const { add, create: createStep, preconditions } = recordSteps(context, collection, label);
      const steps = [
        createStep('create', create, subject, { mediaType }),
        ...add('read', collection.read),
        ...add('list', collection.list),
        ...collection.updates.flatMap((update) => [
          ...add('update', update, { unique: label }),
          ...add('read after update', collection.read),
        ]),
        ...add('list after update', collection.updates.length > 0 ? collection.list : undefined),
        ...add('delete', collection.delete),
        ...(collection.delete
          ? [
              ...add('read after delete', collection.read, { expect: 'gone' }),
              ...add('list after delete', collection.list),
            ]
          : []),
      ];
      return {
        id: `${create.id}/sequences/${label.replaceAll(' ', '-')}`,
        phase: 'sequences',
        operation: create,
        title: `the life of one of ${collection.name}`,
        preconditions: preconditions(),
        steps,
        collection: collection.name,
        writes: true,
      };
    });
  });
}
