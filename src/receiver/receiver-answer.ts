import { validateHeaderName, validateHeaderValue } from 'node:http';
import { SparringError } from '../errors.ts';
import type { ReceivedRequest } from './read-request.ts';

/** What a receiver answers. */
export interface ReceiverAnswer {
  /** Default 200; 500 where `failFirst` is given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds before the answer, on the receiver's time. */
  readonly delay?: number;
  /** Only so many requests are answered so; those after them get a bare 200. */
  readonly failFirst?: number;
}

/** Decides on each request; `index` counts from 0 since the answerer was given. */
export type ReceiverAnswerer = (
  request: Omit<ReceivedRequest, 'status'>,
  index: number,
) => ReceiverAnswer | Promise<ReceiverAnswer>;

/** An answer whose parts are known to be sendable. */
export interface SettledAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delay: number;
}

/** What an answerer that throws leaves to answer. */
export const failedAnswer: SettledAnswer = {
  status: 500,
  headers: {},
  body: 'The answerer of this receiver failed.',
  delay: 0,
};

/** Throws `usage` for a status, header or delay that cannot be answered with. */
export function settleAnswer(answer: ReceiverAnswer, index: number): SettledAnswer {
  const { body = '', delay = 0, failFirst, headers = {} } = answer;
  const { status = failFirst === undefined ? 200 : 500 } = answer;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw wrong(`the status ${status}`);
  if (!(delay >= 0 && Number.isFinite(delay))) throw wrong(`a delay of ${delay} milliseconds`);
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw wrong(`the header ${JSON.stringify(name)}`);
    }
  }
  if (failFirst !== undefined && index >= failFirst) return { status: 200, headers: {}, body: '', delay: 0 };
  return { status, headers, body, delay };
}

function wrong(what: string): SparringError {
  return new SparringError('usage', `A receiver cannot answer with ${what}.`, {
    next: 'Give a status from 200 to 599, headers of one line, and a delay from 0.',
  });
}
