import { plainName } from '../../../openapi/infer/plain-name.ts';

/** States that actions lead to, where they are no form of the verb; the likeliest first. */
const states: Readonly<Record<string, readonly string[]>> = {
  cancel: ['canceled', 'cancelled', 'cancelling', 'canceling', 'void', 'voided', 'aborted'],
  void: ['void', 'voided', 'canceled', 'cancelled'],
  activate: ['active', 'activated', 'enabled', 'running', 'live'],
  enable: ['enabled', 'active', 'on'],
  deactivate: ['inactive', 'deactivated', 'disabled', 'off'],
  disable: ['disabled', 'inactive', 'off'],
  suspend: ['suspended', 'paused', 'inactive'],
  pause: ['paused', 'suspended', 'onhold', 'stopped'],
  hold: ['onhold', 'held', 'paused'],
  resume: ['active', 'running', 'resumed', 'inprogress'],
  unpause: ['active', 'running'],
  start: ['started', 'running', 'inprogress', 'active', 'processing', 'open'],
  begin: ['started', 'running', 'inprogress', 'active'],
  run: ['running', 'started', 'inprogress', 'queued'],
  stop: ['stopped', 'ended', 'off', 'inactive'],
  complete: ['completed', 'complete', 'done', 'finished', 'closed'],
  finish: ['finished', 'completed', 'done', 'complete'],
  end: ['ended', 'finished', 'completed', 'closed'],
  reject: ['rejected', 'declined', 'denied', 'refused'],
  decline: ['declined', 'rejected', 'denied'],
  deny: ['denied', 'rejected', 'declined'],
  approve: ['approved', 'accepted', 'confirmed', 'active', 'won'],
  accept: ['accepted', 'approved', 'confirmed', 'active'],
  confirm: ['confirmed', 'approved', 'accepted', 'active'],
  publish: ['published', 'live', 'public', 'active'],
  unpublish: ['draft', 'unpublished', 'private'],
  archive: ['archived', 'inactive', 'closed'],
  unarchive: ['active', 'open', 'draft'],
  restore: ['active', 'restored', 'open'],
  close: ['closed', 'resolved', 'done', 'completed'],
  resolve: ['resolved', 'closed', 'done'],
  reopen: ['open', 'reopened', 'active'],
  open: ['open', 'opened', 'active'],
  pay: ['paid', 'succeeded', 'settled', 'completed'],
  capture: ['captured', 'succeeded', 'paid', 'completed'],
  charge: ['charged', 'paid', 'succeeded'],
  refund: ['refunded', 'returned', 'reversed'],
  settle: ['settled', 'paid', 'closed', 'completed'],
  ship: ['shipped', 'intransit', 'dispatched', 'sent'],
  dispatch: ['dispatched', 'intransit', 'shipped', 'sent', 'underway'],
  send: ['sent', 'pending', 'open', 'delivered'],
  deliver: ['delivered', 'completed'],
  return: ['returned', 'in', 'available', 'closed'],
  submit: ['submitted', 'pending', 'inreview', 'underreview', 'processing'],
  verify: ['verified', 'active', 'confirmed'],
  lock: ['locked'],
  unlock: ['unlocked', 'active', 'open'],
  block: ['blocked', 'banned', 'suspended'],
  unblock: ['active', 'unblocked'],
  ban: ['banned', 'blocked', 'suspended'],
  revoke: ['revoked', 'inactive', 'canceled', 'cancelled'],
  expire: ['expired', 'inactive'],
  reboot: ['rebooting', 'restarting', 'running'],
  restart: ['restarting', 'running', 'active'],
  retry: ['pending', 'queued', 'retrying', 'running'],
  finalize: ['finalized', 'open', 'final'],
  merge: ['merged', 'closed'],
  assign: ['assigned', 'inprogress'],
  checkin: ['checkedin', 'arrived'],
  checkout: ['checkedout', 'completed'],
};

const undoing = /^(?:un(?!til)|de(?=activat)|dis(?=abl))/i;

/** The states that an action's name means, plainly written, the likeliest first. */
export function meaningsOf(verb: string): readonly string[] {
  const plain = plainName(verb);
  const listed = Object.hasOwn(states, plain) ? (states[plain] ?? []) : [];
  return [...new Set([...listed, ...formsOf(plain), plain])];
}

/** The verb in the forms in which fields have it: `cancelled`, `canceled`. */
export function participlesOf(verb: string): readonly string[] {
  const plain = plainName(verb).replace(undoing, '');
  return [...new Set([...formsOf(plain), ...adjectives(plain)])];
}

/** Whether an action takes back what another one does, as `unlock` does. */
export function undoes(verb: string): boolean {
  return undoing.test(verb);
}

function formsOf(verb: string): readonly string[] {
  const stem = verb.replace(/e$/, '').replace(/y$/, 'i');
  const last = verb.at(-1) ?? '';
  return [`${stem}ed`, `${verb}ed`, `${verb}${last}ed`, `${verb}d`];
}

function adjectives(verb: string): readonly string[] {
  if (verb === 'activate' || verb === 'activat') return ['active'];
  return verb === 'able' ? ['enabled', 'active'] : verb === 'enable' ? ['enabled', 'active'] : [];
}
