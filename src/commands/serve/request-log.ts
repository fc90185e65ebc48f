import { styleText } from 'node:util';
import { redactorOf } from '../../server/admin/redact.ts';
import type { Exchange } from '../../server/message/exchange.ts';
import type { DeliveryListener } from '../../server/model/delivery-listener.ts';
import type { Notice } from '../../server/model/mock-options.ts';
import { visibleLine } from '../../visible.ts';
import { deliveryJson, deliveryLine } from '../common/delivery-line.ts';
import { noticeLine } from '../common/notice-line.ts';
import { printable } from '../common/print.ts';

const redact = redactorOf(undefined);

interface RequestLogOptions {
  /** One JSON object a line. */
  readonly json: boolean;
  /** Log each request; off: only notices. */
  readonly requests: boolean;
  readonly stream: NodeJS.WriteStream;
}

/** Where `sparring serve` writes what happens. */
export interface RequestLog {
  exchange: ((exchange: Exchange) => void) | undefined;
  delivery: DeliveryListener | undefined;
  notice(notice: Notice): void;
  event(event: Readonly<Record<string, unknown>>): void;
}

/** A log on a stream: JSON lines, or one short line a request, coloured on a terminal only. Lines of one turn are written together. */
export function createRequestLog({ json, requests, stream }: RequestLogOptions): RequestLog {
  let waiting: string[] = [];
  const write = (line: string) => {
    waiting.push(line);
    if (waiting.length > 1) return;
    setImmediate(() => {
      stream.write(`${printable(waiting.join('\n'), stream)}\n`);
      waiting = [];
    });
  };
  const shown = json || stream.isTTY === true;
  return {
    exchange:
      requests && shown
        ? (exchange) => write(json ? jsonLine(exchange) : textLine(exchange, stream))
        : undefined,
    delivery:
      requests && shown
        ? (delivery, attempt) =>
            write(json ? deliveryJson(delivery, attempt) : deliveryLine(delivery, attempt, stream))
        : undefined,
    notice: ({ level, message }) =>
      write(json ? JSON.stringify({ level, message }) : noticeLine({ level, message })),
    event: (event) => write(JSON.stringify({ level: 'info', ...event })),
  };
}

function jsonLine({
  id,
  at,
  api,
  operationId,
  method,
  url,
  status,
  milliseconds,
  violations,
}: Exchange): string {
  const time = new Date(at).toISOString();
  return JSON.stringify({
    level: 'info',
    id,
    time,
    api,
    operation: operationId,
    method,
    url: shownUrl(url),
    status,
    milliseconds,
    violations,
  });
}

function textLine(
  { api, method, url, status, milliseconds, violations }: Exchange,
  stream: NodeJS.WriteStream,
): string {
  const color = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const line = `${styleText(color, String(status), { stream })} ${method} ${visibleLine(`/${api}${shownUrl(url)}`)} ${milliseconds.toFixed(1)} ms`;
  return [
    line,
    ...violations.map(({ location, message }) => `    ${visibleLine(`${location} ${message}`)}`),
  ].join('\n');
}

/** Without the secrets that a query may hold. */
function shownUrl(url: string): string {
  return url.includes('?') ? redact.text(url) : url;
}
