import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollections } from '../../../openapi/infer/api-collections.ts';
import type { LeftOut } from '../../model/left-out.ts';
import { dangerOf } from './danger-of.ts';

export interface MannersOptions {
  /** Whether the run started the server itself, for the run alone, so that nothing there is anybody's. */
  readonly ownServer?: boolean | undefined;
  /** Whether dangerous requests are sent; records of others are left alone all the same. */
  readonly dangerous?: boolean | undefined;
  /** Operations that may be dangerous: an id, `METHOD /path`, or a path; `*` stands for any text. */
  readonly allow?: readonly string[] | undefined;
}

/** Why an operation is not sent, and what includes it; undefined where it may be. */
export function leftOutBy(
  { allow = [], dangerous, ownServer }: MannersOptions,
  collections: ApiCollections,
  operation: Operation,
  method: string = operation.method.toUpperCase(),
): LeftOut | undefined {
  if (ownServer || dangerous) return undefined;
  const danger = dangerOf(collections, operation, method);
  if (!danger || allow.some((pattern) => isNamedBy(pattern, operation, method))) return undefined;
  return {
    operation: operation.id,
    request: `${method} ${operation.path}`,
    why: danger.why,
    include: `--dangerous, or "${method} ${operation.path}" among the configuration's test.allow`,
  };
}

/** The sentence that a report says of it, without a full stop. */
export function saidOfLeftOut({ include, request, why }: Omit<LeftOut, 'operation'>): string {
  return `${request} is left out: ${why}; include it with ${include}`;
}

/** Whether a pattern names an operation, by its id, its path, or both method and path. */
export function isNamedBy(
  pattern: string,
  { id, path, method }: Operation,
  sent: string = method.toUpperCase(),
): boolean {
  const text = pattern
    .trim()
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join('.*');
  const whole = new RegExp(`^${text}$`, 'i');
  return [id, path, `${sent} ${path}`].some((name) => whole.test(name));
}
