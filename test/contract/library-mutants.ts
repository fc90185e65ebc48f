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

const gone: Book[] = [];
const onlyLatin = (value: unknown) => (typeof value === 'string' ? value.replaceAll(/[^ -~]/g, '?') : value);

export const writeMutants: readonly LibraryMutant[] = [
  {
    check: 'created-readable',
    what: 'knows but one script',
    defect: { insert: (shelf, book) => healthy.insert(shelf, { ...book, title: onlyLatin(book.title) }) },
  },
  {
    check: 'created-readable',
    what: 'keeps null as text',
    defect: {
      insert: (shelf, book) =>
        healthy.insert(shelf, { ...book, ...(book.note === null && { note: 'null' }) }),
    },
  },
  {
    check: 'created-readable',
    what: 'loses what is nested',
    defect: {
      insert: (shelf, { publisher, ...book }) =>
        healthy.insert(shelf, { ...book, id: book.id, ...(publisher !== undefined && { publisher: {} }) }),
    },
  },
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
    check: 'deleted-gone',
    what: 'goes on listing what it deleted',
    defect: {
      remove(shelf, id) {
        const book = shelf.get(id);
        const isGone = shelf.delete(id);
        if (book) gone.push(book);
        return isGone;
      },
      list: (shelf) => [...shelf.values(), ...gone],
    },
  },
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
    check: 'location-resolves',
    what: 'points to nowhere',
    defect: { location: (id) => `/books/${id + 1000}` },
  },
  {
    check: 'location-resolves',
    what: 'points to another record',
    defect: { location: (id) => `/books/${id - 1}` },
  },
  {
    check: 'links-followed',
    what: 'is at a loss with the id that it gave',
    defect: { read: (shelf, id) => (id > 3 ? undefined : shelf.get(id)) },
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

const withoutOne = (books: readonly Book[]) => books.slice(0, -1);

export const listMutants: readonly LibraryMutant[] = [
  {
    check: 'listed-once',
    what: 'stores twice what is created',
    defect: {
      insert(shelf, book) {
        shelf.set(book.id, book);
        shelf.set(book.id + 900, { ...book, id: book.id + 900 });
      },
    },
  },
  { check: 'listed-once', what: 'stores nothing', defect: { insert() {} } },
  {
    check: 'listed-once',
    what: 'lists a record twice',
    defect: {
      list: (shelf) => {
        const books = [...shelf.values()];
        return [...books, ...books.slice(-1)];
      },
    },
  },
  {
    check: 'listed-once',
    what: 'leaves the latest out of the list',
    defect: { list: (shelf) => withoutOne([...shelf.values()]) },
  },
  {
    check: 'listed-once',
    what: 'loses a record with each creation',
    defect: {
      insert(shelf, book) {
        shelf.delete([...shelf.keys()][0] ?? 0);
        shelf.set(book.id, book);
      },
    },
  },
  {
    check: 'listed-once',
    what: 'lists what is stale',
    defect: {
      list: (() => {
        let seen: readonly Book[] = [];
        return (shelf) => {
          const before = seen;
          seen = [...shelf.values()];
          return before;
        };
      })(),
    },
  },
  {
    check: 'list-order',
    what: 'lists the oldest first',
    defect: {
      sort: (books, by) =>
        by === undefined ? healthy.sort(books, by).toReversed() : healthy.sort(books, by),
    },
  },
  { check: 'sorted', what: 'does not sort', defect: { sort: (books) => books } },
  {
    check: 'sorted',
    what: 'sorts but one way',
    defect: { sort: (books, by) => healthy.sort(books, by?.replace('-', '')) },
  },
  { check: 'filters-filter', what: 'does not filter', defect: { matches: () => true } },
  {
    check: 'filters-filter',
    what: 'does not filter by author',
    defect: { matches: (book, name, value) => name === 'author' || healthy.matches(book, name, value) },
  },
  {
    check: 'filters-filter',
    what: 'filters the wrong way round',
    defect: { matches: (book, name, value) => !healthy.matches(book, name, value) },
  },
  {
    check: 'filters-filter',
    what: 'leaves out one of those that match',
    defect: { matches: (book, name, value) => book.id % 2 === 0 && healthy.matches(book, name, value) },
  },
  { check: 'total-agrees', what: 'tells one too many', defect: { total: (books) => books.length + 1 } },
  { check: 'total-agrees', what: 'tells one too few', defect: { total: (books) => books.length - 1 } },
  {
    check: 'total-agrees',
    what: 'tells the number on the page',
    defect: { total: (books) => Math.min(books.length, 2) },
  },
  {
    check: 'pages-partition',
    what: 'has pages that overlap',
    defect: {
      page: (books, page, size) =>
        books.slice(Math.max(0, (page - 1) * size - (page > 1 ? 1 : 0)), page * size),
    },
  },
  {
    check: 'pages-partition',
    what: 'answers every page with the first',
    defect: { page: (books, _, size) => books.slice(0, size) },
  },
  {
    check: 'pages-partition',
    what: 'leaves a gap between pages',
    defect: {
      page: (books, page, size) => books.slice((page - 1) * (size + 1), (page - 1) * (size + 1) + size),
    },
  },
  { check: 'pages-partition', what: 'links to no next page', defect: { next: () => null } },
  {
    check: 'page-size',
    what: 'takes no notice of the size of a page',
    defect: { page: (books, page) => (page === 1 ? books : []) },
  },
  {
    check: 'ids-unique',
    what: 'gives an id twice',
    defect: { nextId: (shelf, last) => (shelf.has(last) && last > 5 ? last : last + 1) },
  },
];
