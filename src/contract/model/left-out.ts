/** An operation that was not tried, out of regard for the server. */
export interface LeftOut {
  /** Its id. */
  readonly operation: string;
  /** As it would be sent, such as `DELETE /notes`. */
  readonly request: string;
  /** A clause. */
  readonly why: string;
  /** What includes it. */
  readonly include: string;
}
