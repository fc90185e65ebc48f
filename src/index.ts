export { Clock, type ClockSetting, type TimeSource } from './clock.ts';
export { type ErrorCode, SparringError, type Violation } from './errors.ts';
export type { RecordTypes } from './providers/record-types.ts';
export {
  createReceiver,
  type ReceivedRequest,
  type Receiver,
  type ReceiverAnswer,
  type ReceiverAnswerer,
  type ReceiverOptions,
} from './receiver/create-receiver.ts';
export { createMock } from './server/create-mock.ts';
export type { FireOptions } from './server/emission/fire-event.ts';
export type { Fault, FaultRule } from './server/faults.ts';
export type { Exchange, ExchangeFilter } from './server/journal.ts';
export type { Mock, MockApi, MockNamespace, MockWebhooks, RecordOf, Records } from './server/mock.ts';
export type { InlineDocument, Latency, MockOptions, Notice } from './server/options.ts';
export type {
  AttemptEntry,
  DeliveryEntry,
  DeliveryFilter,
  DeliveryState,
  EventEntry,
  RecordValue,
} from './storage/storage.ts';
export type { EmitterFaultKind, EmitterFaultRule } from './webhooks/emitter-faults.ts';
export { verifyWebhook } from './webhooks/verify-webhook.ts';
