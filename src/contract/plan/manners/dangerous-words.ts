/**
 * What a process is named for: it changes or ends something for everybody, and nothing takes it back. A write that is about no
 * single record is not sent to a stranger's server where its path or its name holds one of these.
 */
export const processWords: ReadonlySet<string> = new Set([
  ...['reset', 'shutdown', 'restart', 'reboot', 'stop', 'halt', 'kill', 'terminate', 'abort', 'poweroff'],
  ...['purge', 'wipe', 'flush', 'clear', 'truncate', 'drop', 'prune', 'vacuum', 'cleanup', 'empty', 'erase'],
  ...['delete', 'remove', 'destroy', 'archive', 'expire', 'revoke', 'invalidate', 'logout', 'signout'],
  ...['bulk', 'batch', 'mass', 'import', 'ingest', 'restore', 'replace', 'overwrite', 'merge'],
  ...['off', 'on', 'disable', 'enable', 'deactivate', 'activate', 'suspend', 'resume', 'pause', 'start'],
  ...['lock', 'unlock', 'freeze', 'block', 'ban', 'maintenance', 'readonly', 'drain', 'failover', 'promote'],
  ...['rotate', 'renew', 'regenerate', 'reload', 'refresh', 'reindex', 'rebuild', 'recompute', 'resync'],
  ...['sync', 'migrate', 'upgrade', 'update', 'downgrade', 'install', 'uninstall', 'rollback', 'seed'],
  ...['backup', 'snapshot', 'quit', 'exit', 'drain', 'evict', 'killall', 'factory', 'lockdown', 'panic'],
]);

/** Words of both processes and of everyday names: they count as a path's last part, and not within other names. */
export const weakProcessWords: ReadonlySet<string> = new Set([
  ...[
    'on',
    'update',
    'start',
    'empty',
    'factory',
    'replace',
    'merge',
    'archive',
    'batch',
    'snapshot',
    'seed',
  ],
  ...['backup', 'renew', 'block', 'lock', 'drop', 'clear', 'stop', 'refresh', 'sync', 'promote', 'resume'],
]);

/** Names of kinds of which each new one is a process. */
export const processNouns: ReadonlySet<string> = new Set([
  ...['import', 'purge', 'reset', 'restore', 'rollback', 'migration', 'shutdown', 'restart', 'reboot'],
  ...['maintenance', 'bulk', 'failover', 'upgrade', 'rotation', 'backup'],
]);

/** As far as reading is concerned: what even a GET is not sent to, as badly made servers have such. */
export const processWordsOfReading: ReadonlySet<string> = new Set([
  ...['reset', 'shutdown', 'restart', 'reboot', 'halt', 'kill', 'terminate', 'poweroff', 'purge', 'wipe'],
  ...['flush', 'truncate', 'delete', 'remove', 'destroy', 'erase', 'disable', 'deactivate', 'logout', 'off'],
  ...['signout', 'quit', 'exit', 'unsubscribe'],
]);

/** What is done to people, with money, or to the world outside; the run's own records are no reason to do it. */
export const outsideVerbs: ReadonlySet<string> = new Set([
  ...[
    'send',
    'resend',
    'notify',
    'invite',
    'reinvite',
    'email',
    'mail',
    'sms',
    'text',
    'dial',
    'fax',
    'page',
  ],
  ...['broadcast', 'announce', 'remind', 'escalate', 'alert', 'push', 'share', 'forward', 'tweet', 'post'],
  ...[
    'pay',
    'repay',
    'charge',
    'transfer',
    'payout',
    'refund',
    'capture',
    'bill',
    'debit',
    'credit',
    'settle',
  ],
  ...['withdraw', 'deposit', 'donate', 'purchase', 'buy', 'sell', 'checkout', 'topup', 'remit', 'disburse'],
  ...[
    'publish',
    'republish',
    'unpublish',
    'deploy',
    'redeploy',
    'release',
    'launch',
    'execute',
    'exec',
    'run',
  ],
  ...['trigger', 'invoke', 'dispatch', 'fire', 'print', 'replay', 'redeliver', 'retry', 'ping'],
]);

/** Names of kinds of which each new one is such a deed. */
export const outsideNouns: ReadonlySet<string> = new Set([
  ...['invite', 'invitation', 'notification', 'email', 'mail', 'message', 'sms', 'mms', 'fax', 'reminder'],
  ...['broadcast', 'newsletter', 'announcement', 'campaign', 'mailing', 'letter', 'push', 'ping'],
  ...['payment', 'charge', 'transfer', 'payout', 'refund', 'withdrawal', 'deposit', 'donation', 'purchase'],
  ...['checkout', 'topup', 'remittance', 'disbursement', 'settlement', 'capture', 'debit'],
  ...['publication', 'deployment', 'execution', 'rollout', 'launch', 'invocation'],
]);

/** Where each new one is told of things, and is not itself a thing told. */
export const subscriptionNouns: ReadonlySet<string> = new Set([
  ...['webhook', 'hook', 'subscription', 'callback', 'listener', 'endpoint', 'subscriber', 'watch'],
]);

/** What is only a way to ask, though it is written as a POST. */
export const askingWords: ReadonlySet<string> = new Set([
  ...['search', 'query', 'find', 'filter', 'lookup', 'list', 'get', 'read', 'fetch', 'count', 'match'],
  ...['validate', 'verify', 'check', 'lint', 'preview', 'dryrun', 'simulate', 'estimate', 'calculate'],
  ...['compute', 'quote', 'convert', 'parse', 'render', 'format', 'translate', 'diff', 'compare', 'echo'],
  ...['introspect', 'exists', 'suggest', 'autocomplete', 'explain', 'token', 'login', 'authenticate'],
]);
