import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { Exchange } from '../message/exchange.ts';
import type { ExchangeFilter } from '../traffic/journal.ts';
import { type AdminBehaviour, type AdminContext, done, optionalText } from './admin-behaviour.ts';
import { redactorOf } from './redact.ts';
import { viewExchange } from './view-exchange.ts';

/** Characters of a body that a list shows; alone, an exchange is shown whole. */
const longestListed = 65_536;
/** The same of all bodies in a list together: secrets are looked for in each. */
const mostListed = 400_000;

/** What was asked and answered. */
export const journalBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listExchanges: (context) => {
    const { limit, ...filter } = context.query;
    const found = context.served.journal.list(filter satisfies ExchangeFilter);
    const most = Number(limit ?? 100);
    // Who asks for what came after an exchange reads on from there; anybody else wants the latest.
    const page = filter.since === undefined ? found.slice(-most) : found.slice(0, most);
    const longest = Math.min(longestListed, Math.floor(mostListed / Math.max(1, page.length)));
    return { status: 200, body: page.map((exchange) => view(context, exchange, longest)) };
  },
  clearJournal({ served }) {
    served.journal.clear();
    return done;
  },
  findExchange: (context) =>
    show(context, context.served.journal.find(filterOf(context.body)), 'No exchange fits the filter.'),
  countListedExchanges: ({ query, served }) => count(served.journal.count(query satisfies ExchangeFilter)),
  countExchanges: ({ body, served }) => count(served.journal.count(filterOf(body))),
  getExchange: (context) =>
    show(
      context,
      context.served.journal.get(optionalText(context.path.id)),
      'The journal has no exchange with this id.',
    ),
};

/** The body has been validated as a filter. */
function filterOf(body: unknown): ExchangeFilter {
  return objectOrEmpty(body);
}

function count(exchanges: number) {
  return { status: 200, body: { count: exchanges } };
}

function show(context: AdminContext, exchange: Exchange | undefined, otherwise: string) {
  if (exchange) return { status: 200, body: view(context, exchange) };
  throw new SparringError('record-not-found', otherwise, {
    next: 'List the journal to see what it has: GET /_sparring/journal.',
  });
}

function view({ server }: AdminContext, exchange: Exchange, longestBody?: number) {
  return viewExchange(exchange, redactorOf(server.apis.get(exchange.api)), longestBody);
}
