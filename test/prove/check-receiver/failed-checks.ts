import { checks, type Target } from './checks.ts';
import type { Family } from './receiver.ts';
import { startReceiver } from './start-receiver.ts';
import type { Steps } from './steps.ts';

/** The names of the checks that a receiver does not pass. */
export async function failedChecks(
  steps: Steps,
  subject: Target['subject'],
  family?: Family,
): Promise<string[]> {
  const receiver = await startReceiver(steps);
  const failed: string[] = [];
  for (const check of checks) {
    if (family !== undefined && check.family !== family) continue;
    if (check.subjects && !check.subjects.includes(subject)) continue;
    const passed = await check.passes({ subject, url: receiver.url, probeUrl: receiver.probeUrl });
    if (!passed) failed.push(check.name);
  }
  await receiver.close();
  return failed;
}
