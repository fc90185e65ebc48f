import type { RequestListener } from 'node:http';
import type { Server } from 'node:net';
import { afterAll, beforeAll, describe } from 'vitest';
import { receiverChecks } from '../contract/checks/receivers/index.ts';
import { secretScrubber } from '../contract/report/content/safe-report.ts';
import { receiverCredentials } from '../contract/run/check-receiver.ts';
import { type ReceiverCheckOptions, runReceiverChecks } from '../contract/run/run-receiver-checks.ts';
import { findApi } from '../openapi/load/bundled-apis.ts';
import { loadDocument } from '../openapi/load/load-document.ts';
import { checkTests, type Outcome } from './check-tests.ts';
import type { ApiSource } from './open-api.ts';
import { serveHandler } from './serve-handler.ts';

/** What takes webhooks: where it is, or a handler `(req, res)` such as an Express app, or a Node server, served for the tests. */
export type ReceiverTarget = string | URL | RequestListener | Server;

export interface DescribeReceiverOptions
  extends Omit<ReceiverCheckOptions, 'to' | 'signal' | 'onPlan' | 'onCase'> {
  /** Where a handler or server takes deliveries, such as `/hooks`; default: at its root. */
  readonly path?: string | undefined;
  /** Milliseconds for all that is sent; default two minutes. */
  readonly timeout?: number | undefined;
}

/**
 * Defines a test for each rule of webhook receivers: what `sparring check-receiver` does, with its options. A rule of which
 * nothing could be seen is skipped, and says why.
 *
 * @param target or a function without parameters that gives one when the tests begin
 */
export function describeReceiver(
  api: ApiSource,
  target: ReceiverTarget | (() => ReceiverTarget | Promise<ReceiverTarget>),
  options: DescribeReceiverOptions = {},
): void {
  const site = new Error('here');
  Error.captureStackTrace(site, describeReceiver);
  const { path = '/', timeout = 120_000, ...checking } = options;
  describe(`receiver of ${typeof api === 'string' ? api : api.name}`, () => {
    let outcome: Outcome = { runs: [], verdicts: [] };
    let close = async () => {};
    beforeAll(async () => {
      const document = await loadDocument(typeof api === 'string' ? findApi(api) : api);
      const receiver = isGiver(target) ? await target() : target;
      let to = String(receiver);
      if (typeof receiver !== 'string' && !(receiver instanceof URL)) {
        const served = await serveHandler(receiver);
        close = served.close;
        to = new URL(path, served.url).href;
      }
      outcome = await runReceiverChecks(document, { ...checking, to });
    }, timeout);
    afterAll(() => close());
    const scrubber = () => secretScrubber([], receiverCredentials(checking));
    checkTests(receiverChecks, () => outcome, { scrubber, site });
  });
}

function isGiver(
  target: ReceiverTarget | (() => ReceiverTarget | Promise<ReceiverTarget>),
): target is () => ReceiverTarget | Promise<ReceiverTarget> {
  return typeof target === 'function' && target.length === 0;
}
