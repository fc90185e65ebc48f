export { SparringError, type ErrorCode, type Violation } from './errors.ts';
export { Clock, type ClockSetting, type TimeSource } from './clock.ts';
export type { RecordTypes } from './providers/record-types.ts';
export { createMock } from './server/create-mock.ts';
export type { Fault, FaultRule } from './server/faults.ts';
export type { Exchange, ExchangeFilter } from './server/journal.ts';
export type { Mock, MockApi, MockNamespace, RecordOf, Records } from './server/mock.ts';
export type { InlineDocument, Latency, MockOptions, Notice } from './server/options.ts';
export { verifyWebhook } from './webhooks/verify-webhook.ts';
