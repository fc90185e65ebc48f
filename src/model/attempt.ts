/** One attempt at a delivery: exactly what was sent, and what came of it. */
export interface AttemptEntry {
  readonly delivery: string;
  /** Counted from 1. */
  readonly number: number;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly at: number;
  /** Real time, milliseconds since the Unix epoch, and how long it took. */
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Only where a fault made it differ from the delivery's. */
    readonly body?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly truncated: boolean;
  } | null;
  /** Absent when an answer arrived, whatever its status. */
  readonly error?: { readonly code: string; readonly message: string };
  /** For a blocked target: what would allow it. */
  readonly flag?: string;
  readonly succeeded: boolean;
  /** The fault that had its hand in it. */
  readonly fault?: string;
}
