import type { ApiResponse } from '../message/api-message.ts';
import { problemAnswer } from './error-answer.ts';
import { safeHeaders } from './safe-headers.ts';

/**
 * An answer that HTTP cannot have as it is, as one that it can: with its header fields made safe, or where it is something
 * else that is wrong with it, as an internal error.
 *
 * @param problem what was thrown when it was written
 */
export function mendAnswer(
  answer: ApiResponse,
  problem: Error,
): { readonly answer: ApiResponse; readonly changes: readonly string[] } {
  const { changes, headers } = safeHeaders(answer.headers);
  const isStatus = Number.isInteger(answer.status) && answer.status >= 200 && answer.status <= 599;
  if (changes.length > 0 && isStatus) return { answer: { ...answer, headers }, changes };
  return { answer: problemAnswer(problem), changes: [`its answer cannot be written: ${problem.message}`] };
}
