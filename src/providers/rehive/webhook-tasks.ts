import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { listPage } from './list-page.ts';
import { existingOrRefused, success } from './success.ts';

type Filter = (task: RecordValue, wanted: unknown) => boolean;

/** What a query parameter asks of a task. */
const filters: Readonly<Record<string, Filter>> = {
  webhook: (task, wanted) => webhookOf(task).id === wanted,
  webhook__event: (task, wanted) => webhookOf(task).event === wanted,
  webhook__secret: (task, wanted) => webhookOf(task).secret === wanted,
  webhook__url: (task, wanted) => webhookOf(task).url === wanted,
  ...rangesOf('created'),
  ...rangesOf('completed'),
  ...rangesOf('failed'),
};

/** GET /3/admin/webhook-tasks/ */
export function listWebhookTasks(context: BehaviourContext): BehaviourResult {
  const { query, unit } = context;
  const asked = Object.entries(filters).filter(([name]) => query[name] !== undefined);
  const tasks = unit
    .collection('webhook_tasks')
    .list()
    .filter(({ value }) => asked.every(([name, holds]) => holds(value, query[name])));
  return listPage(context, tasks.map(viewOf));
}

/** GET /3/admin/webhook-tasks/{id}/, with what it tells. */
export function getWebhookTask({ path, unit }: BehaviourContext): BehaviourResult {
  const task = existingOrRefused(unit, 'webhook_tasks', path.id);
  return success({ ...viewOf(task), data: dataIn(task.value.body) });
}

/** GET /3/admin/webhook-tasks/{id}/requests/ */
export function listWebhookTaskRequests(context: BehaviourContext): BehaviourResult {
  const { path, query, unit } = context;
  const task = existingOrRefused(unit, 'webhook_tasks', path.id);
  const code = query.response_code;
  const requests = unit
    .collection('webhook_requests')
    .list()
    .filter(({ value }) => String(value.task) === task.id)
    .filter(({ value }) => code === undefined || value.response_code === code);
  return listPage(context, requests.map(viewOf));
}

/** GET /3/admin/webhook-tasks/{id}/requests/{request_id}/ */
export function getWebhookTaskRequest({ path, unit }: BehaviourContext): BehaviourResult {
  const task = existingOrRefused(unit, 'webhook_tasks', path.id);
  const request = existingOrRefused(unit, 'webhook_requests', path.request_id);
  if (String(request.value.task) !== task.id) throw new SparringError('record-not-found', 'Not found.');
  return success(viewOf(request));
}

/** A record without what only the mock needs to know. */
function viewOf({ value }: StoredRecord): RecordValue {
  const { body, task, ...shown } = value;
  return shown;
}

function webhookOf(task: RecordValue): RecordValue {
  return objectOrEmpty(task.webhook);
}

/** `created__gt` and `created__lt`: later and earlier than a time; null is neither. */
function rangesOf(field: string): Readonly<Record<string, Filter>> {
  const compared = (holds: (time: number, wanted: number) => boolean): Filter => {
    return ({ [field]: time }, wanted) => typeof time === 'number' && holds(time, Number(wanted));
  };
  return {
    [`${field}__gt`]: compared((time, wanted) => time > wanted),
    [`${field}__lt`]: compared((time, wanted) => time < wanted),
  };
}

/** The event's data in the text that was sent; an empty object where a fired payload has none. */
function dataIn(body: unknown): RecordValue {
  try {
    return objectOrEmpty(objectOrEmpty(JSON.parse(String(body))).data);
  } catch {
    return {};
  }
}
