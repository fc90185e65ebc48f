import { isSecretFieldName, isSecretHeaderName, withoutUrlPasswords } from '../../../json/secret-names.ts';
import { withoutSecrets } from '../../checks/judging/findings.ts';
import type { CredentialOptions } from '../../execute/credentials/credentials.ts';
import type { Case } from '../../model/case.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { CaseExchange, ReceivedResponse } from '../../model/exchange.ts';
import type { ReceiverRun, ReceiverScript } from '../../model/receiver-run.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { WebhookRun } from '../../model/webhook-run.ts';

/** Shorter texts stand in half of all words; they are hidden where they were sent as credentials, and left alone elsewhere. */
const shortest = 4;
const hidden = '…';
const noNames: ReadonlySet<string> = new Set();

/**
 * The report without the values of credentials: those that were given, and those that the server issued, wherever they turn up
 * again, in answers too. What was sent as wrong on purpose stays. `marked`: names, in lower case, of fields that the document says are secret.
 */
export function safeReport(
  report: RunReport,
  given: CredentialOptions = {},
  marked: ReadonlySet<string> = noNames,
): RunReport {
  const scrub = secretScrubber(report.runs, given);
  return {
    ...report,
    ...safeOutcome(report, scrub, marked),
    target: scrub(report.target),
    notices: report.notices.map(scrub),
    ...(report.shortfall && {
      shortfall: {
        ...report.shortfall,
        operations: report.shortfall.operations.map((each) => ({ ...each, reason: scrub(each.reason) })),
      },
    }),
    notRun: report.notRun.map((each) => ({ ...each, reason: scrub(each.reason) })),
    leftovers: report.leftovers.map((each) => ({ ...each, reason: scrub(each.reason) })),
  };
}

/** Cases and what they came to without what `scrub` hides; see `secretScrubber`. */
export function safeOutcome(
  { runs, verdicts }: Pick<RunReport, 'runs' | 'verdicts'>,
  scrub: Scrub,
  marked: ReadonlySet<string> = noNames,
): Pick<RunReport, 'runs' | 'verdicts'> {
  const hide: Hide = { scrub, body: (text) => scrub(withoutSecrets(text, marked)) };
  return {
    verdicts: verdicts.map((verdict) => safeVerdict(verdict, hide)),
    runs: runs.map((run) => ({
      ...run,
      notRun: run.notRun === undefined ? undefined : scrub(run.notRun),
      exchanges: run.exchanges.map((exchange) => safeExchange(exchange, hide)),
      ...(run.webhook && { webhook: safeWebhook(run.webhook, hide) }),
      ...(run.case.receiver && { case: withoutDeliverySecrets(run.case, run.case.receiver) }),
      ...(run.receiver && { receiver: safeReceiver(run.receiver, hide) }),
    })),
  };
}

/** Hides the credentials that were given or sent, wherever they stand in a text. */
export function secretScrubber(runs: readonly CaseRun[], given: CredentialOptions = {}): Scrub {
  return scrubber([...givenSecrets(given), ...runs.flatMap(sentSecrets)]);
}

export type Scrub = (text: string) => string;

/** What is left out of texts, and of bodies: there the values of fields too whose names tell. */
interface Hide {
  readonly scrub: Scrub;
  readonly body: Scrub;
}

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
  if (ordered.length === 0) return (text) => withoutUrlPasswords(text, hidden);
  const pattern = new RegExp(ordered.map(literal).join('|'), 'g');
  return (text) => withoutUrlPasswords(text.replaceAll(pattern, hidden), hidden);
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

function safeWebhook(run: WebhookRun, { body, scrub }: Hide): WebhookRun {
  return {
    ...run,
    checkpoints: run.checkpoints.map((checkpoint) => ({ ...checkpoint, secrets: [] })),
    arrivals: run.arrivals.map((arrival) => ({
      ...arrival,
      url: scrub(arrival.url),
      headers: safeFields(arrival.headers, scrub),
      text: body(arrival.text),
    })),
  };
}

/** What a receiver's case is to be sent, without what signs it. */
function withoutDeliverySecrets(planned: Case, script: ReceiverScript): Case {
  const deliveries = script.deliveries.map((delivery) => ({ ...delivery, secrets: [] }));
  return { ...planned, receiver: { ...script, deliveries } };
}

function safeReceiver({ deliveries, readings }: ReceiverRun, { body }: Hide): ReceiverRun {
  return {
    deliveries: deliveries.map((sent) => ({ ...sent, delivery: { ...sent.delivery, secrets: [] } })),
    readings: readings.map(({ text }) => ({ text: body(text), json: undefined })),
  };
}

function safeVerdict(verdict: Verdict, hide: Hide): Verdict {
  const { body, scrub } = hide;
  const { curl, evidence, shrunken } = verdict;
  if (!evidence) return verdict;
  return {
    ...verdict,
    evidence: { ...evidence, expected: scrub(evidence.expected), seen: body(evidence.seen) },
    ...(curl !== undefined && { curl: scrub(curl) }),
    ...(shrunken && {
      shrunken: {
        ...shrunken,
        exchange: safeExchange(shrunken.exchange, hide),
        curl: scrub(shrunken.curl),
      },
    }),
  };
}

function safeExchange(exchange: CaseExchange, hide: Hide): CaseExchange {
  const { scrub } = hide;
  const { request, response, sent } = exchange;
  const isHidden = (name: string) =>
    sent.credentials !== 'wrong' &&
    (request.secrets.includes(name) || isSecretFieldName(name) || name.toLowerCase() === 'code');
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    isHidden(name) || (sent.credentials !== 'wrong' && isSecretHeaderName(name)) ? hidden : scrub(value),
  ]);
  const { body } = request;
  return {
    ...exchange,
    request: {
      ...request,
      url: scrub(withoutQuerySecrets(request.url, isHidden)),
      headers: Object.fromEntries(headers),
      body: typeof body === 'string' ? hide.body(body) : body,
    },
    response: response && safeResponse(response, hide),
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

function safeResponse(response: ReceivedResponse, { body, scrub }: Hide): ReceivedResponse {
  const { headers, text } = response;
  return { ...response, headers: safeFields(headers, scrub), text: body(text) };
}

/** Header fields by whose names secrets are known are hidden altogether. */
function safeFields(
  fields: Readonly<Record<string, string>>,
  scrub: Scrub,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isSecretHeaderName(name) ? hidden : scrub(value)]),
  );
}
