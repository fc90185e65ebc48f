import { describe, expect, it } from 'vitest';
import { failedChecks } from './broken-server.ts';
import { listMutants } from './library-mutants.ts';
import { type Book, healthy, type Library, testLibrary } from './library-server.ts';

const options = { phases: ['lists'] as const };

describe('a server whose lists have one defect', () => {
  it.each(listMutants)('$check finds one that $what', async ({ check, defect }) => {
    expect(failedChecks(await testLibrary(defect, options))).toContain(check);
  });
});

const byLanguage = new Intl.Collator('en');
const folded = (text: unknown) => String(text).toLowerCase();

/** What a healthy server may do, too. */
const habits: readonly {
  readonly what: string;
  readonly habit: Partial<Library>;
  readonly books?: number;
}[] = [
  { what: 'does as its document says', habit: {} },
  { what: 'has no records but those of the run', habit: {}, books: 0 },
  { what: 'has more records than are read', habit: {}, books: 230 },
  {
    what: 'looks for parts of words, in any case',
    habit: {
      matches: (book, name, value) =>
        name === 'author'
          ? folded(book[name]).includes(value.toLowerCase())
          : healthy.matches(book, name, value),
    },
  },
  {
    what: 'sorts as a language does',
    habit: {
      sort(books, by) {
        if (by === undefined || by.endsWith('pages')) return healthy.sort(books, by);
        const sorted = books.toSorted((a: Book, b: Book) =>
          byLanguage.compare(String(a.title), String(b.title)),
        );
        return by.startsWith('-') ? sorted.toReversed() : sorted;
      },
    },
  },
  {
    what: 'never links to a next page behind the last record',
    habit: {
      next: (url, page, size, total) => (page * size > total ? null : healthy.next(url, page, size, total)),
    },
  },
];

describe('a server whose lists are as they should be', () => {
  it.each(habits)('raises no alarm when it $what', async ({ books, habit }) => {
    const report = await testLibrary(habit, { ...options, ...(books !== undefined && { books }) });
    expect(report.verdicts.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.counts.notRun).toBe(0);
  });

  it('is judged by every rule', async () => {
    const report = await testLibrary({}, options);
    const seen = new Set(report.verdicts.map(({ check }) => check));
    expect(listMutants.map(({ check }) => check).filter((check) => !seen.has(check))).toEqual([]);
    expect(report.shelf.size).toBe(3);
  });
});

describe('a list on a server that is not this machine', () => {
  const elsewhere = { ...options, url: 'https://library.example.com' };

  it('is judged as a whole only where nobody else uses the account', async () => {
    const defect = { total: (books: readonly Book[]) => books.length + 1 };
    const shared = await testLibrary(defect, { ...elsewhere, write: true });
    expect(failedChecks(shared, false)).toEqual([]);
    const alone = await testLibrary(defect, { ...elsewhere, write: true, exclusive: true });
    expect(failedChecks(alone)).toEqual(['total-agrees']);
    expect(alone.shelf.size).toBe(3);
  });

  it('is judged also where nothing may be written', async () => {
    const page: Library['page'] = (books, number) => (number === 1 ? books : []);
    const report = await testLibrary({ page }, elsewhere);
    expect(failedChecks(report)).toEqual(['page-size']);
  });

  it('fails no run by a filter that only its name tells, unless asked', async () => {
    const matches: Library['matches'] = (book, name, value) =>
      name === 'lent' || healthy.matches(book, name, value);
    const lenient = await testLibrary({ matches }, elsewhere);
    expect(failedChecks(lenient)).toEqual([]);
    expect(lenient.verdicts.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      check: 'filters-filter',
      provenance: 'inferred',
    });
    expect(failedChecks(await testLibrary({ matches }, { ...elsewhere, strict: true }))).toEqual([
      'filters-filter',
    ]);
  });
});
