import type { Check } from '../types.ts';
import { absentNotFound } from './absent-not-found.ts';
import { answers } from './answers.ts';
import { authenticationEnforced } from './authentication-enforced.ts';
import { bystanderKept } from './bystander-kept.ts';
import { challengeSent } from './challenge-sent.ts';
import { createdReadable } from './created-readable.ts';
import { deletedGone } from './deleted-gone.ts';
import { errorBody } from './error-body.ts';
import { filtersFilter } from './filters-filter.ts';
import { idempotent } from './idempotent.ts';
import { idsUnique } from './ids-unique.ts';
import { linksFollowed } from './links-followed.ts';
import { listOrder } from './list-order.ts';
import { listedAsRead } from './listed-as-read.ts';
import { listedOnce } from './listed-once.ts';
import { locationResolves } from './location-resolves.ts';
import { mediaType } from './media-type.ts';
import { methodNotAllowed } from './method-not-allowed.ts';
import { negativeRefused } from './negative-refused.ts';
import { noServerError } from './no-server-error.ts';
import { noTrace } from './no-trace.ts';
import { otherFieldsKept } from './other-fields-kept.ts';
import { pageSize } from './page-size.ts';
import { pagesPartition } from './pages-partition.ts';
import { positiveAccepted } from './positive-accepted.ts';
import { putReplaces } from './put-replaces.ts';
import { readAfterUpdate } from './read-after-update.ts';
import { responseHeaders } from './response-headers.ts';
import { responseSchema } from './response-schema.ts';
import { safeMethods } from './safe-methods.ts';
import { sorted } from './sorted.ts';
import { statusDocumented } from './status-documented.ts';
import { totalAgrees } from './total-agrees.ts';
import { unsupportedMediaType } from './unsupported-media-type.ts';
import { webhookDelivered } from './webhook-delivered.ts';
import { webhookEqualsRead } from './webhook-equals-read.ts';
import { webhookHandshake } from './webhook-handshake.ts';
import { webhookHeaders } from './webhook-headers.ts';
import { webhookIdStable } from './webhook-id-stable.ts';
import { webhookOnce } from './webhook-once.ts';
import { webhookOnlyOnSuccess } from './webhook-only-on-success.ts';
import { webhookOnlySubscribed } from './webhook-only-subscribed.ts';
import { webhookPayload } from './webhook-payload.ts';
import { webhookRetried } from './webhook-retried.ts';
import { webhookSigned } from './webhook-signed.ts';
import { webhookUnsubscribed } from './webhook-unsubscribed.ts';

/** All checks, in the order that reports have them. */
export const checks: readonly Check[] = [
  answers,
  noServerError,
  statusDocumented,
  mediaType,
  responseHeaders,
  responseSchema,
  errorBody,
  positiveAccepted,
  negativeRefused,
  absentNotFound,
  unsupportedMediaType,
  methodNotAllowed,
  authenticationEnforced,
  challengeSent,
  createdReadable,
  readAfterUpdate,
  otherFieldsKept,
  putReplaces,
  bystanderKept,
  idempotent,
  safeMethods,
  noTrace,
  locationResolves,
  linksFollowed,
  deletedGone,
  listedOnce,
  listedAsRead,
  listOrder,
  sorted,
  filtersFilter,
  pagesPartition,
  pageSize,
  totalAgrees,
  idsUnique,
  webhookDelivered,
  webhookOnce,
  webhookPayload,
  webhookEqualsRead,
  webhookSigned,
  webhookHeaders,
  webhookIdStable,
  webhookRetried,
  webhookUnsubscribed,
  webhookOnlySubscribed,
  webhookHandshake,
  webhookOnlyOnSuccess,
];
