import { visible } from '../../../visible.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import { counted } from '../content/counted.ts';
import { exchangeFinder, runsById } from '../content/exchange-finder.ts';
import type { FailureGroup } from '../content/group-failures.ts';
import { paint } from '../content/paint.ts';
import type { ReportContext } from '../content/report-context.ts';
import { rerunLine } from '../content/rerun-line.ts';
import { shownPlace } from '../content/shown-place.ts';

/** Characters of a request's body that are shown. */
const mostBody = 300;
/** Most places or operations that are named. */
const mostNamed = 6;

/** One defect in full. */
export function formatEntry(
  group: FailureGroup,
  runs: RunReport['runs'],
  context: ReportContext,
): readonly string[] {
  const { consequences, first } = group;
  const { curl, evidence, operation } = first;
  const exchange = exchangeFinder({ runs })(first);
  const again = rerunLine(first.case, context);
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['expected', evidence?.expected],
    ['seen', evidence?.seen],
    ['request', exchange && requestLine(exchange)],
    ['answer', exchange && answerLine(first, exchange, runs)],
    ['before', exchange && stepsBefore(first, runs)],
    ['webhooks', webhookStoryOf(first, runs)],
    ['case', again === undefined ? first.case : undefined],
    ['again', curl],
    ['smallest', first.shrunken?.curl],
    ['or', again],
    ['also', others(group)],
    ['so too', consequences.length > 0 ? `${consequences.join(', ')} of the same answers` : undefined],
  ];
  return [
    '',
    `  ${paint(context, 'bold', operation)}${addressOf(exchange)}${entryPlaceOf(first, context)}`,
    ...lines.flatMap(([name, text]) =>
      text === undefined ? [] : [`    ${paint(context, 'dim', name.padEnd(8))}  ${visible(text)}`],
    ),
  ];
}

function addressOf(exchange: CaseExchange | undefined): string {
  return exchange ? `  ${exchange.request.method} ${exchange.operation.path}` : '';
}

export function entryPlaceOf({ position }: Verdict, { folder }: ReportContext): string {
  return position ? `  ${shownPlace(position, folder)}` : '';
}

/** What was sent, as short as it tells something: the query and the body. */
function requestLine({ request }: CaseExchange): string | undefined {
  const { body, url } = request;
  const [, query] = url.split('?', 2);
  const text = typeof body === 'string' ? body : body && `${body.length} bytes`;
  const parts = [query === undefined ? '' : `?${query}`, text ?? ''].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join('  ').slice(0, mostBody);
}

/** Of a webhook receiver's answer: status, header fields and body. */
function answerLine(
  { case: id }: Verdict,
  { response }: CaseExchange,
  runs: RunReport['runs'],
): string | undefined {
  if (!response || !runsById({ runs }).get(id)?.receiver) return undefined;
  const fields = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`);
  return [response.status, ...fields, response.text.trim()].join('; ').slice(0, mostBody);
}

/** What the case did before, without which the request alone does not show the failure. */
function stepsBefore({ case: id, evidence }: Verdict, runs: RunReport['runs']): string | undefined {
  const before = runsById({ runs }).get(id)?.exchanges.slice(0, evidence?.exchange) ?? [];
  if (before.length === 0) return undefined;
  return before
    .map(({ operation, response, step }) => `${step?.name ?? operation.id} ${response?.status ?? '–'}`)
    .join(', ');
}

/** What a case about webhooks made happen, and how much arrived. */
function webhookStoryOf({ case: id }: Verdict, runs: RunReport['runs']): string | undefined {
  const webhook = runsById({ runs }).get(id)?.webhook;
  if (!webhook) return undefined;
  const checkpoints = webhook.checkpoints.map(
    ({ what }, index) =>
      `${what} (${webhook.arrivals.filter(({ checkpoint }) => checkpoint === index).length} arrived)`,
  );
  return checkpoints.join(', ');
}

function others({ first, verdicts }: FailureGroup): string | undefined {
  const rest = verdicts.filter((verdict) => verdict !== first);
  if (rest.length === 0) return undefined;
  const places = rest.flatMap(({ evidence }) => evidence?.location ?? []);
  const operations = rest.map(({ operation }) => operation).filter((name) => name !== first.operation);
  const named = listed(places.filter((place) => place !== first.evidence?.location));
  const where = [named && `at ${named}`, operations.length > 0 && `in ${listed(operations)}`];
  return [counted(rest.length, 'more time'), ...where.filter((text) => text !== '' && text !== false)].join(
    ', ',
  );
}

export function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  return `${distinct.slice(0, mostNamed).join(', ')}${distinct.length > mostNamed ? ', …' : ''}`;
}
