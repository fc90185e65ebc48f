import { parseDuration } from '../../duration.ts';
import type { BehaviourResult } from '../../providers/model/provider.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import type { MockServer } from '../namespaces/mock-server.ts';

/** What a behaviour of the admin API gets. */
export interface AdminContext {
  readonly server: MockServer;
  /** The namespace the call is about. */
  readonly served: ServedNamespace;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Origin that the caller used, such as `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Aborted when the caller goes away before the answer. */
  readonly signal: AbortSignal | undefined;
  /** Real seconds since the mock was made. */
  readonly uptime: number;
}

export type AdminBehaviour = (context: AdminContext) => BehaviourResult | Promise<BehaviourResult>;

export const done: BehaviourResult = { status: 204 };

/** A path parameter; the document declares all of them as text. */
export function optionalText(parameter: unknown): string {
  return typeof parameter === 'string' ? parameter : '';
}

/** Milliseconds of a duration that the document has let in; undefined where there is none. */
export function millisecondsOf(duration: unknown): number | undefined {
  // A number as it is: its text may be one such as 1e-7.
  if (typeof duration === 'number') return duration;
  return typeof duration === 'string' ? parseDuration(duration) : undefined;
}
