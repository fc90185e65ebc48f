import type { ReceiverSubject } from './receiver-subject.ts';

/** The events that tell of the life of one kind of thing. */
export interface RelatedEvents {
  readonly created: ReceiverSubject | undefined;
  readonly updated: ReceiverSubject | undefined;
  readonly deleted: ReceiverSubject | undefined;
}

const verbs: Readonly<Record<keyof RelatedEvents, RegExp>> = {
  created: /^(?:created?|inserted?|added|new)$/i,
  updated: /^(?:updated?|modified|modify|changed?|edited)$/i,
  deleted: /^(?:deleted?|removed?|destroyed)$/i,
};

/** Which part of a thing's life an event's name speaks of, and of which kind of thing. */
export function eventLife(
  event: string,
): { readonly stem: string; readonly verb: keyof RelatedEvents } | undefined {
  const words = event.replaceAll(/([a-z])([A-Z])/g, '$1.$2').split(/[^A-Za-z0-9]+/);
  const last = words.at(-1) ?? '';
  const verb = (['created', 'updated', 'deleted'] as const).find((name) => verbs[name].test(last));
  return verb && { stem: words.slice(0, -1).join('.').toLowerCase(), verb };
}

/** Events whose names differ in what became of the thing alone, and which tell which thing it is. */
export function relatedEvents(subjects: readonly ReceiverSubject[]): readonly RelatedEvents[] {
  const told = subjects.flatMap((subject) => {
    const life = subject.record && eventLife(subject.definition.event);
    return life ? [{ ...life, subject }] : [];
  });
  return [...Map.groupBy(told, ({ stem }) => stem).values()].map((list) => ({
    created: list.find(({ verb }) => verb === 'created')?.subject,
    updated: list.find(({ verb }) => verb === 'updated')?.subject,
    deleted: list.find(({ verb }) => verb === 'deleted')?.subject,
  }));
}
