import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../openapi/is-object.ts';
import type { Exchange, ExchangeFilter } from '../journal.ts';
import { type AdminBehaviour, done, textOf } from './admin-behaviour.ts';
import { viewExchange } from './view-exchange.ts';

/** What was asked and answered. */
export const journalBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listExchanges: ({ query, served }) => {
    const { limit, ...filter } = query;
    const found = served.journal.list(filter satisfies ExchangeFilter);
    return { status: 200, body: found.slice(-Number(limit ?? 100)).map(viewExchange) };
  },
  clearJournal({ served }) {
    served.journal.clear();
    return done;
  },
  findExchange: ({ body, served }) =>
    show(served.journal.find(filterOf(body)), 'No exchange fits the filter.'),
  countExchanges: ({ body, served }) => ({
    status: 200,
    body: { count: served.journal.count(filterOf(body)) },
  }),
  getExchange: ({ path, served }) =>
    show(served.journal.get(textOf(path.id)), 'The journal has no exchange with this id.'),
};

/** The body has been validated as a filter. */
function filterOf(body: unknown): ExchangeFilter {
  return objectOrEmpty(body);
}

function show(exchange: Exchange | undefined, otherwise: string) {
  if (exchange) return { status: 200, body: viewExchange(exchange) };
  throw new SparringError('record-not-found', otherwise, {
    next: 'List the journal to see what it has: GET /_sparring/journal.',
  });
}
