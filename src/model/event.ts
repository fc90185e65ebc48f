/** Something that happened in a unit of work and is to be told to subscribers. */
export interface EventEntry {
  readonly id: string;
  readonly api: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly at: number;
  readonly payload: unknown;
}
