import type { Notice } from '../../server/model/mock-options.ts';

/** How a notice reads in a log. */
export function noticeLine({ level, message }: Notice): string {
  return level === 'info' ? message : `${level}: ${message}`;
}
