import { type Book, healthy, type Library } from './library-server.ts';

/** A server of `library.yaml` with one defect, and the check that must find it. */
export interface LibraryMutant {
  readonly check: string;
  readonly what: string;
  readonly defect: Partial<Library>;
}

const first = (shelf: ReadonlyMap<number, Book>, but: number) =>
  [...shelf.values()].find(({ id }) => id !== but);
const anyOther = (shelf: ReadonlyMap<number, Book>, but: number) =>
  [...shelf.values()].findLast(({ id }) => id !== but);

export const writeMutants: readonly LibraryMutant[] = [
  { check: 'read-after-update', what: 'stores no update', defect: { merge() {}, replace() {} } },
  {
    check: 'other-fields-kept',
    what: 'clears what an update leaves out',
    defect: { merge: healthy.replace },
  },
  {
    check: 'other-fields-kept',
    what: 'gives an updated record another id',
    defect: {
      read: (shelf, id) => {
        const book = shelf.get(id);
        return book?.updated === book?.created ? book : book && { ...book, id: id + 1000 };
      },
    },
  },
  { check: 'put-replaces', what: 'merges what PUT brings', defect: { replace: healthy.merge } },
  {
    check: 'bystander-kept',
    what: 'updates the latest record too',
    defect: {
      merge(shelf, book, fields) {
        healthy.merge(shelf, book, fields);
        const other = anyOther(shelf, book.id);
        if (other) healthy.merge(shelf, other, fields);
      },
    },
  },
  {
    check: 'bystander-kept',
    what: 'updates the first record too',
    defect: {
      replace(shelf, book, fields) {
        healthy.replace(shelf, book, fields);
        const other = first(shelf, book.id);
        if (other) healthy.merge(shelf, other, fields);
      },
    },
  },
  {
    check: 'bystander-kept',
    what: 'deletes another record too',
    defect: {
      remove(shelf, id) {
        shelf.delete(first(shelf, id)?.id ?? 0);
        return shelf.delete(id);
      },
    },
  },
  {
    check: 'bystander-kept',
    what: 'deletes the latest record in place of the one that was meant',
    defect: { remove: (shelf) => shelf.delete([...shelf.keys()].at(-1) ?? 0) },
  },
  { check: 'deleted-gone', what: 'deletes nothing', defect: { remove: () => true } },
  {
    check: 'idempotent',
    what: 'makes a record of the second PUT',
    defect: {
      replace(shelf, book, fields) {
        const isSecond = JSON.stringify(shelf.get(book.id)?.title) === JSON.stringify(fields.title);
        healthy.replace(shelf, book, fields);
        if (isSecond) shelf.set(book.id + 500, { ...book, ...fields, id: book.id + 500 });
      },
    },
  },
  {
    check: 'safe-methods',
    what: 'makes a record whenever one is read',
    defect: {
      read(shelf, id) {
        const book = shelf.get(id);
        if (book) shelf.set(id + shelf.size * 1000, { ...book, id: id + shelf.size * 1000 });
        return book;
      },
    },
  },
  {
    check: 'no-trace',
    what: 'creates what it refuses',
    defect: {
      refuse: (shelf, _, fields) =>
        void shelf.set(7000 + shelf.size, {
          ...fields,
          id: 7000 + shelf.size,
          created: '2030-01-01T00:00:00Z',
        }),
    },
  },
  {
    check: 'no-trace',
    what: 'stores the update that it refuses',
    defect: { refuse: (shelf, book, fields) => void (book && healthy.merge(shelf, book, fields)) },
  },
];
