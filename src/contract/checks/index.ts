import type { Check } from '../model/check.ts';
import { filtersFilter } from './lists/filters-filter.ts';
import { listOrder } from './lists/list-order.ts';
import { listedAsRead } from './lists/listed-as-read.ts';
import { listedOnce } from './lists/listed-once.ts';
import { pageSize } from './lists/page-size.ts';
import { pagesPartition } from './lists/pages-partition.ts';
import { sorted } from './lists/sorted.ts';
import { totalAgrees } from './lists/total-agrees.ts';
import { bystanderKept } from './records/bystander-kept.ts';
import { createdReadable } from './records/created-readable.ts';
import { deletedGone } from './records/deleted-gone.ts';
import { idempotent } from './records/idempotent.ts';
import { idsUnique } from './records/ids-unique.ts';
import { otherFieldsKept } from './records/other-fields-kept.ts';
import { putReplaces } from './records/put-replaces.ts';
import { readAfterUpdate } from './records/read-after-update.ts';
import { absentNotFound } from './requests/absent-not-found.ts';
import { answers } from './requests/answers.ts';
import { authenticationEnforced } from './requests/authentication-enforced.ts';
import { challengeSent } from './requests/challenge-sent.ts';
import { errorBody } from './requests/error-body.ts';
import { linksFollowed } from './requests/links-followed.ts';
import { locationResolves } from './requests/location-resolves.ts';
import { mediaType } from './requests/media-type.ts';
import { methodNotAllowed } from './requests/method-not-allowed.ts';
import { negativeRefused } from './requests/negative-refused.ts';
import { noServerError } from './requests/no-server-error.ts';
import { noTrace } from './requests/no-trace.ts';
import { positiveAccepted } from './requests/positive-accepted.ts';
import { responseHeaders } from './requests/response-headers.ts';
import { responseSchema } from './requests/response-schema.ts';
import { safeMethods } from './requests/safe-methods.ts';
import { statusDocumented } from './requests/status-documented.ts';
import { unsupportedMediaType } from './requests/unsupported-media-type.ts';
import { webhookDelivered } from './webhooks/webhook-delivered.ts';
import { webhookEqualsRead } from './webhooks/webhook-equals-read.ts';
import { webhookHandshake } from './webhooks/webhook-handshake.ts';
import { webhookHeaders } from './webhooks/webhook-headers.ts';
import { webhookIdStable } from './webhooks/webhook-id-stable.ts';
import { webhookOnce } from './webhooks/webhook-once.ts';
import { webhookOnlyOnSuccess } from './webhooks/webhook-only-on-success.ts';
import { webhookOnlySubscribed } from './webhooks/webhook-only-subscribed.ts';
import { webhookPayload } from './webhooks/webhook-payload.ts';
import { webhookRetried } from './webhooks/webhook-retried.ts';
import { webhookSigned } from './webhooks/webhook-signed.ts';
import { webhookUnsubscribed } from './webhooks/webhook-unsubscribed.ts';

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
