import { Ajv2020 } from 'ajv/dist/2020.js';
import { fetchTransport, isLoopback } from '../../src/contract/execute/transport/transport.ts';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import { type ContractOptions, runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

export type Book = Readonly<Record<string, unknown>> & { readonly id: number };
type Fields = Readonly<Record<string, unknown>>;
/** Books by id, in the order they were made. */
type Shelf = Map<number, Book>;

/** What the server does, part by part; a defect replaces one. */
export interface Library {
  nextId(shelf: Shelf, last: number): number;
  insert(shelf: Shelf, book: Book): void;
  /** The book as it is after a PATCH. */
  merge(shelf: Shelf, book: Book, fields: Fields): void;
  replace(shelf: Shelf, book: Book, fields: Fields): void;
  remove(shelf: Shelf, id: number): boolean;
  read(shelf: Shelf, id: number): Book | undefined;
  /** What a list is made from. */
  list(shelf: Shelf): readonly Book[];
  matches(book: Book, name: string, value: string): boolean;
  sort(books: readonly Book[], by: string | undefined): readonly Book[];
  page(books: readonly Book[], page: number, size: number): readonly Book[];
  total(books: readonly Book[]): number;
  next(url: URL, page: number, size: number, total: number): string | null;
  /** What is done with an invalid body before it is refused. */
  refuse(shelf: Shelf, book: Book | undefined, fields: Fields): void;
  location(id: number): string | undefined;
}

const day = 86_400_000;
const set = (shelf: Shelf, book: Book) => void shelf.set(book.id, book);
const compare = (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '') < String(b ?? '') ? -1 : 1;

export const healthy: Library = {
  nextId: (_, last) => last + 1,
  insert: set,
  merge: (shelf, book, fields) => set(shelf, { ...book, ...fields, id: book.id }),
  replace: (shelf, { created, id }, fields) => set(shelf, { lent: false, ...fields, id, created }),
  remove: (shelf, id) => shelf.delete(id),
  read: (shelf, id) => shelf.get(id),
  list: (shelf) => [...shelf.values()],
  matches: (book, name, value) => String(book[name]) === value,
  sort(books, by) {
    const field = by?.replace('-', '') ?? 'created';
    const sorted = books.toSorted((a, b) => compare(a[field], b[field]));
    return by === undefined || by.startsWith('-') ? sorted.toReversed() : sorted;
  },
  page: (books, page, size) => books.slice((page - 1) * size, page * size),
  total: (books) => books.length,
  next(url, page, size, total) {
    if (page * size >= total) return null;
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return next.href;
  },
  refuse() {},
  location: (id) => `/books/${id}`,
};

const document = await loadDocument('test/contract/library.yaml');
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ ...JSON.parse(JSON.stringify(document.root)), $id: 'doc' });
const validator = (pointer: string) => ajv.compile({ $ref: `doc#${pointer}` });
const isInput = validator('/components/schemas/BookInput');
const isPatch = validator('/paths/~1books~1%7BbookId%7D/patch/requestBody/content/application~1json/schema');
const problem = (status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ status }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

/** A server of `library.yaml` that keeps its document, but for its defect; it has some books already. */
export function libraryServer(defect: Partial<Library> = {}, books = 3) {
  const library: Library = { ...healthy, ...defect };
  const shelf: Shelf = new Map();
  let last = 0;
  let now = Date.parse('2020-01-01T00:00:00Z');
  const create = (fields: Fields): Book => {
    last = library.nextId(shelf, last);
    now += day;
    const time = new Date(now).toISOString();
    return { lent: false, ...fields, id: last, created: time, updated: time };
  };
  for (let index = 0; index < books; index += 1) {
    set(
      shelf,
      create({ title: `Old ${'cab'[index % 3]}`, author: 'Anon', pages: 100 + index, genre: 'essay' }),
    );
  }
  return { shelf, answer };

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const [, id] = /^\/books(?:\/(\w+))?$/.exec(url.pathname) ?? [null];
    if (id === null) return problem(404);
    const methods = id === undefined ? ['GET', 'POST'] : ['GET', 'PUT', 'PATCH', 'DELETE'];
    if (!methods.includes(request.method)) return problem(405, { allow: methods.join(', ') });
    if (id === undefined) return request.method === 'GET' ? list(url) : post(request);
    const book = library.read(shelf, Number(id));
    if (!book) return problem(404);
    if (request.method === 'GET') return Response.json(book);
    if (request.method === 'DELETE')
      return library.remove(shelf, book.id) ? new Response(null, { status: 204 }) : problem(404);
    return change(request, book);
  }

  async function bodyOf(request: Request): Promise<Fields | number> {
    if (!/json/.test(request.headers.get('content-type') ?? '')) return 415;
    try {
      return JSON.parse(await request.text());
    } catch {
      return 422;
    }
  }

  async function post(request: Request): Promise<Response> {
    const fields = await bodyOf(request);
    if (typeof fields === 'number') return problem(fields);
    if (!isInput(fields)) {
      library.refuse(shelf, undefined, fields);
      return problem(422);
    }
    const book = create(fields);
    library.insert(shelf, book);
    const location = library.location(book.id);
    return Response.json(book, { status: 201, headers: location === undefined ? {} : { location } });
  }

  async function change(request: Request, book: Book): Promise<Response> {
    const fields = await bodyOf(request);
    if (typeof fields === 'number') return problem(fields);
    if (!(request.method === 'PUT' ? isInput(fields) : isPatch(fields))) {
      library.refuse(shelf, book, fields);
      return problem(422);
    }
    now += day;
    const stamped = { ...fields, updated: new Date(now).toISOString() };
    if (request.method === 'PUT') library.replace(shelf, book, stamped);
    else library.merge(shelf, book, stamped);
    return Response.json(library.read(shelf, book.id) ?? book);
  }

  function list(url: URL): Response {
    const query = url.searchParams;
    const known = { genre: /^(novel|poetry|essay)$/, lent: /^(true|false)$/, sort: /^-?(title|pages)$/ };
    for (const [name, pattern] of Object.entries(known))
      if (query.has(name) && !pattern.test(query.get(name) ?? '')) return problem(422);
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 20)];
    if (!(Number.isInteger(page) && page > 0 && Number.isInteger(size) && size > 0 && size <= 50))
      return problem(422);
    const filters = ['genre', 'author', 'lent'].filter((name) => query.has(name));
    const found = library
      .list(shelf)
      .filter((book) => filters.every((name) => library.matches(book, name, query.get(name) ?? '')));
    const sorted = library.sort(found, query.get('sort') ?? undefined);
    const total = library.total(found);
    return Response.json({
      items: library.page(sorted, page, size),
      total,
      next: library.next(url, page, size, total),
    });
  }
}

/** Runs the contract of `library.yaml` against a server of it. */
export async function testLibrary(
  defect: Partial<Library> = {},
  {
    books,
    url = 'http://127.0.0.1:4099',
    ...options
  }: ContractOptions & { books?: number; url?: string } = {},
): Promise<RunReport & { readonly shelf: Shelf }> {
  const { answer, shelf } = libraryServer(defect, books);
  const report = await runContract(document, fetchTransport(answer, url), {
    // On this machine it is the test's own, so that what is only inferred fails too.
    strict: isLoopback(url),
    ...options,
  });
  return { ...report, shelf };
}
