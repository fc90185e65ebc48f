import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '../../../src/contract/model/run-report.ts';
import { checkReceiver } from '../../../src/contract/run/check-receiver.ts';
import { nextSecrets, type Subject, secrets } from './providers.ts';
import { shopDocument } from './shop-document.ts';
import { startReceiver } from './start-receiver.ts';
import type { Steps } from './steps.ts';

const schemes = ['standard-webhooks', 'stripe', 'github'] as const;

/** The document of a subject, as `checkReceiver` takes it. */
export function documentOf(subject: Subject): string | { name: string; document: object } {
  const scheme = schemes.find((one) => subject === `shop-${one}`);
  return scheme ? { name: 'shop', document: shopDocument(scheme) } : subject;
}

interface CheckingOptions {
  /** Whether what the receiver keeps is looked at. */
  readonly probe?: boolean;
  /** Whether another subscription's secret is given, which must be refused. */
  readonly other?: boolean;
  readonly seed?: number;
  readonly only?: readonly string[];
}

/** The secret of another subscription, where the corpus knows one. */
export function othersOf(subject: Subject): readonly string[] {
  return nextSecrets[subject] === secrets[subject] ? [] : [nextSecrets[subject]];
}

/** Starts a receiver of the corpus, runs `checkReceiver` on it, and gives the report. */
export async function checkSteps(
  steps: Steps,
  subject: Subject,
  { other, probe, ...options }: CheckingOptions = {},
): Promise<RunReport> {
  const receiver = await startReceiver(steps);
  try {
    return await checkReceiver(documentOf(subject), {
      to: receiver.url,
      secret: [secrets[subject], ...(other ? othersOf(subject) : [])],
      ...(probe && { probe: receiver.probeUrl }),
      ...options,
    });
  } finally {
    await receiver.close();
  }
}

/** The checks that a run failed by, and those that it only told of. */
export function outcomeOf({ verdicts }: RunReport): { failed: readonly string[]; told: readonly string[] } {
  const of = (isFatal: boolean) => [
    ...new Set(
      verdicts.flatMap(({ check, fatal, outcome }) =>
        outcome === 'failed' && fatal === isFatal ? [check] : [],
      ),
    ),
  ];
  return { failed: of(true), told: of(false) };
}

/** Runs with a folder that is deleted afterwards. */
export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'receiver-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The document of a subject as a file or name, for the command line. */
export async function documentFile(subject: Subject, folder: string): Promise<string> {
  const document = documentOf(subject);
  if (typeof document === 'string') return document;
  const file = join(folder, 'shop.json');
  await writeFile(file, JSON.stringify(document.document));
  return file;
}
