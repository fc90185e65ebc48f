import { getSystemErrorMessage } from 'node:util';

/** Why a file could not be used, without its path: "permission denied (EACCES)". */
export function errorReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('errno' in error && typeof error.errno === 'number' && 'code' in error)) return error.message;
  return `${getSystemErrorMessage(error.errno)} (${error.code})`;
}
