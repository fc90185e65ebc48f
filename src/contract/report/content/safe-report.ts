import { withoutSecrets } from '../../checks/judging/findings.ts';
import type { CredentialOptions } from '../../execute/credentials/credentials.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { CaseExchange, ReceivedResponse } from '../../model/exchange.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { WebhookRun } from '../../model/webhook-run.ts';

/** Shorter texts stand in half of all words; they are hidden where they were sent as credentials, and left alone elsewhere. */
const shortest = 4;
const hidden = '…';

/**
 * The report without the values of credentials: those that were given, and those that the server issued, wherever they turn up
 * again, in answers too. What was sent as wrong on purpose stays.
 */
export function safeReport(report: RunReport, given: CredentialOptions = {}): RunReport {
  const scrub = secretScrubber(report.runs, given);
  return {
    ...report,
    ...safeOutcome(report, scrub),
    target: scrub(report.target),
    notRun: report.notRun.map((each) => ({ ...each, reason: scrub(each.reason) })),
    leftovers: report.leftovers.map((each) => ({ ...each, reason: scrub(each.reason) })),
  };
}

/** Cases and what they came to without what `scrub` hides; see `secretScrubber`. */
export function safeOutcome(
  { runs, verdicts }: Pick<RunReport, 'runs' | 'verdicts'>,
  scrub: Scrub,
): Pick<RunReport, 'runs' | 'verdicts'> {
  return {
    verdicts: verdicts.map((verdict) => safeVerdict(verdict, scrub)),
    runs: runs.map((run) => ({
      ...run,
      notRun: run.notRun === undefined ? undefined : scrub(run.notRun),
      exchanges: run.exchanges.map((exchange) => safeExchange(exchange, scrub)),
      ...(run.webhook && { webhook: safeWebhook(run.webhook, scrub) }),
    })),
  };
}

/** Hides the credentials that were given or sent, wherever they stand in a text. */
export function secretScrubber(runs: readonly CaseRun[], given: CredentialOptions = {}): Scrub {
  return scrubber([...givenSecrets(given), ...runs.flatMap(sentSecrets)]);
}

export type Scrub = (text: string) => string;

/** Hides each of the texts, as it is and as URLs, JSON and HTML forms write it; the longest first. */
function scrubber(secrets: readonly string[]): Scrub {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    new URLSearchParams({ x: secret }).toString().slice(2),
    Buffer.from(secret).toString('base64'),
  ]);
  const distinct = [...new Set(forms)].filter((form) => form.length >= shortest);
  const ordered = distinct.toSorted((one, other) => other.length - one.length);
  if (ordered.length === 0) return (text) => text;
  const pattern = new RegExp(ordered.map(literal).join('|'), 'g');
  return (text) => text.replaceAll(pattern, hidden);
}

/** A text as a regular expression that only it matches. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function givenSecrets({ apiKeys, basic, bearer, headers, schemes }: CredentialOptions): readonly string[] {
  const stated = Object.values(schemes ?? {}).flatMap(({ clientSecret, password, token }) => [
    clientSecret,
    password,
    token,
  ]);
  const [, ...password] = basic?.split(':') ?? [];
  const all = [
    bearer,
    basic,
    password.join(':'),
    ...Object.values(apiKeys ?? {}),
    ...Object.values(headers ?? {}),
    ...stated,
  ];
  return all.filter((secret) => secret !== undefined);
}

function sentSecrets({ exchanges, webhook }: CaseRun): readonly string[] {
  const signing = webhook?.checkpoints.flatMap(({ secrets }) => secrets) ?? [];
  const sent = exchanges.flatMap(({ request, sent }) =>
    sent.credentials === 'wrong'
      ? []
      : [
          ...request.secrets.flatMap((name) => {
            const value = request.headers[name];
            return value === undefined ? [] : secretsIn(name, value);
          }),
          ...request.secrets.flatMap((name) => queryOf(request.url).getAll(name)),
        ],
  );
  return [...signing, ...sent];
}

/** The query of a URL, which an answer that a test made itself has but for its path. */
function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split('?', 2)[1] ?? '');
}

/** A header field's value, and the credentials that it is made of. */
function secretsIn(name: string, value: string): readonly string[] {
  if (name === 'cookie') return [value, ...value.split(/; */).map((pair) => pair.replace(/^[^=]*=/, ''))];
  const credentials = value.replace(/^\S+ /, '');
  if (!/^basic /i.test(value)) return [value, credentials];
  const pair = Buffer.from(credentials, 'base64').toString();
  return [value, credentials, pair, pair.slice(pair.indexOf(':') + 1)];
}

function safeWebhook(run: WebhookRun, scrub: Scrub): WebhookRun {
  return {
    ...run,
    checkpoints: run.checkpoints.map((checkpoint) => ({ ...checkpoint, secrets: [] })),
    arrivals: run.arrivals.map((arrival) => ({
      ...arrival,
      url: scrub(arrival.url),
      headers: safeFields(arrival.headers, scrub),
      text: scrub(withoutSecrets(arrival.text)),
    })),
  };
}

function safeVerdict(verdict: Verdict, scrub: Scrub): Verdict {
  const { curl, evidence, shrunken } = verdict;
  if (!evidence) return verdict;
  return {
    ...verdict,
    evidence: { ...evidence, expected: scrub(evidence.expected), seen: scrub(withoutSecrets(evidence.seen)) },
    ...(curl !== undefined && { curl: scrub(curl) }),
    ...(shrunken && {
      shrunken: {
        ...shrunken,
        exchange: safeExchange(shrunken.exchange, scrub),
        curl: scrub(shrunken.curl),
      },
    }),
  };
}

function safeExchange(exchange: CaseExchange, scrub: Scrub): CaseExchange {
  const { request, response, sent } = exchange;
  const isHidden = (name: string) => request.secrets.includes(name) && sent.credentials !== 'wrong';
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    isHidden(name) ? hidden : scrub(value),
  ]);
  const { body } = request;
  return {
    ...exchange,
    request: {
      ...request,
      url: scrub(withoutQuerySecrets(request.url, isHidden)),
      headers: Object.fromEntries(headers),
      body: typeof body === 'string' ? scrub(withoutSecrets(body)) : body,
    },
    response: response && safeResponse(response, scrub),
  };
}

function withoutQuerySecrets(url: string, isHidden: (name: string) => boolean): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined) return url;
  const pairs = query.split('&').map((pair) => {
    const name = pair.split('=', 1)[0] ?? '';
    return isHidden(decodeURIComponent(name)) ? `${name}=${hidden}` : pair;
  });
  return `${path}?${pairs.join('&')}`;
}

function safeResponse(response: ReceivedResponse, scrub: Scrub): ReceivedResponse {
  const { headers, text } = response;
  return { ...response, headers: safeFields(headers, scrub), text: scrub(withoutSecrets(text)) };
}

/** Header fields by whose names secrets are known are hidden altogether. */
function safeFields(
  fields: Readonly<Record<string, string>>,
  scrub: Scrub,
): Readonly<Record<string, string>> {
  const isSecret = (name: string) => /cookie|token|secret|authorization/i.test(name);
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isSecret(name) ? hidden : scrub(value)]),
  );
}
