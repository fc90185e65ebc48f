export { Clock, type ClockSetting, type TimeSource } from './clock.ts';
export type { RunReport } from './contract/model/run-report.ts';
export { checkReceiver } from './contract/run/check-receiver.ts';
export type { ReceiverCheckOptions } from './contract/run/run-receiver-checks.ts';
export { type ErrorCode, SparringError, type Violation } from './errors.ts';
export type { AttemptEntry } from './model/attempt.ts';
export type { DeliveryEntry, DeliveryFilter, DeliveryState } from './model/delivery.ts';
export type { EventEntry } from './model/event.ts';
export type { RecordValue } from './model/record.ts';
export type { RecordTypes } from './providers/model/record-types.ts';
export {
  createReceiver,
  type ReceivedRequest,
  type Receiver,
  type ReceiverAnswer,
  type ReceiverAnswerer,
  type ReceiverOptions,
} from './receiver/create-receiver.ts';
export { createMock } from './server/create-mock.ts';
export type { Exchange } from './server/message/exchange.ts';
export type { FireOptions } from './server/model/fire-options.ts';
export type { Mock, MockApi, MockNamespace, MockWebhooks, RecordOf, Records } from './server/model/mock.ts';
export type {
  InlineDocument,
  Latency,
  MockOptions,
  NamedDocument,
  Notice,
} from './server/model/mock-options.ts';
export type { Fault, FaultRule } from './server/traffic/faults.ts';
export type { ExchangeFilter } from './server/traffic/journal.ts';
export type { EmitterFaultKind, EmitterFaultRule } from './webhooks/emitter-faults.ts';
export { verifyWebhook } from './webhooks/verify-webhook.ts';
