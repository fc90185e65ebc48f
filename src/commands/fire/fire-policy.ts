import { SparringError } from '../../errors.ts';
import { parsePolicy } from '../../webhooks/parse-policy.ts';
import { type DeliveryPolicy, type PolicySettings, resolvePolicy } from '../../webhooks/policy.ts';
import { compressSchedule } from '../../webhooks/retry-schedule.ts';
import { type FireFlags, headersOf, patience } from './fire-flags.ts';

/** What frames a message is not the caller's to say. */
const framing = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
];

/**
 * How the flags change the way a document has its webhooks delivered: the policy that is used, from the document's.
 *
 * @throws SparringError `usage` for a header that cannot be sent
 */
export function firePolicyChange(flags: FireFlags): (policy: DeliveryPolicy) => DeliveryPolicy {
  const { concurrency, expect = [], realTime } = flags;
  const layer: PolicySettings = {
    ...headerSettings(headersOf(flags.header)),
    ...(concurrency !== undefined && { concurrency, order: 'unordered' }),
  };
  return (policy) => {
    const paced = realTime ? policy : compressSchedule(policy, patience);
    return resolvePolicy(paced, layer, { success: [...paced.success, ...expect] });
  };
}

function headerSettings(headers: Readonly<Record<string, string>>): PolicySettings {
  const framed = Object.keys(headers).find((name) => framing.includes(name.toLowerCase()));
  if (framed !== undefined) {
    throw new SparringError('usage', `--header cannot set ${framed}: it follows from the request.`, {
      next: 'Leave it out.',
    });
  }
  const isContentType = (name: string) => name.toLowerCase() === 'content-type';
  const contentType = Object.entries(headers).find(([name]) => isContentType(name))?.[1];
  const others = Object.fromEntries(Object.entries(headers).filter(([name]) => !isContentType(name)));
  return parsePolicy(
    { headers: others, ...(contentType !== undefined && { contentType }) },
    '--header',
    'usage',
  );
}
