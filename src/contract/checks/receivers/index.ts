import type { Check } from '../../model/check.ts';
import { answeredEarly } from './answered-early.ts';
import { answeredInTime } from './answered-in-time.ts';
import { duplicateAccepted } from './duplicate-accepted.ts';
import { effectOnce } from './effect-once.ts';
import { eventAccepted } from './event-accepted.ts';
import { forgeryRefused } from './forgery-refused.ts';
import { forgeryWithoutEffect } from './forgery-without-effect.ts';
import { futureRefused } from './future-refused.ts';
import { newestStateKept } from './newest-state-kept.ts';
import { noErrorOnForgery } from './no-error-on-forgery.ts';
import { noPage } from './no-page.ts';
import { noRedirect } from './no-redirect.ts';
import { noStackTrace } from './no-stack-trace.ts';
import { nonsenseRefused } from './nonsense-refused.ts';
import { numbersKept } from './numbers-kept.ts';
import { orderSurvived } from './order-survived.ts';
import { rawBytesVerified } from './raw-bytes-verified.ts';
import { rotationAccepted } from './rotation-accepted.ts';
import { shapeAccepted } from './shape-accepted.ts';
import { staleRefused } from './stale-refused.ts';
import { storedBeforeAnswered } from './stored-before-answered.ts';
import { successWithoutError } from './success-without-error.ts';
import { surpriseAccepted } from './surprise-accepted.ts';
import { unknownSurvived } from './unknown-survived.ts';

/** The checks of webhook receivers, in the order that reports have them. */
export const receiverChecks: readonly Check[] = [
  eventAccepted,
  answeredInTime,
  forgeryRefused,
  rotationAccepted,
  rawBytesVerified,
  staleRefused,
  futureRefused,
  duplicateAccepted,
  effectOnce,
  forgeryWithoutEffect,
  unknownSurvived,
  orderSurvived,
  newestStateKept,
  storedBeforeAnswered,
  shapeAccepted,
  nonsenseRefused,
  noErrorOnForgery,
  surpriseAccepted,
  numbersKept,
  answeredEarly,
  noRedirect,
  successWithoutError,
  noStackTrace,
  noPage,
];
