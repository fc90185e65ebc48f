import type { Derivation } from '../../state/derivation.ts';

/** The three words the documented report uses for its result. */
export const results = ['clear', 'caution', 'consider'] as const;
export type Result = (typeof results)[number];

/** What can be wrong with a submission; every part of a report that speaks of it says the same. */
export type ReportFinding = (typeof doubtful)[number] | (typeof serious)[number];
export type Findings = ReadonlySet<ReportFinding>;

const doubtful = ['spam-blacklist', 'vpn', 'expiry-mismatch', 'mrz-damaged', 'image-blurred'] as const;
const serious = ['faces-differ', 'document-expired', 'not-live', 'fonts-differ'] as const;

export function isResult(word: unknown): word is Result {
  return results.some((result) => result === word);
}

/** Seven in ten submissions are clear, two call for caution, one for consideration. */
export function drawResult(derive: Derivation): Result {
  const drawn = derive.fraction('result');
  if (drawn < 0.7) return 'clear';
  return drawn < 0.9 ? 'caution' : 'consider';
}

/** What is wrong, given how bad it is: nothing; something doubtful; something serious, at times with something doubtful. */
export function drawFindings(result: Result, derive: Derivation): Findings {
  const findings = new Set<ReportFinding>();
  if (result === 'consider') findings.add(derive.pick('serious', serious));
  if (result === 'caution' || (result === 'consider' && derive.fraction('also') < 0.4)) {
    findings.add(derive.pick('doubtful', doubtful));
  }
  return findings;
}
