/** Where a sample takes what it cannot read off the schema; see `Derivation` of the state. */
export interface SampleSource {
  uuid(field: string): string;
  integer(field: string, min: number, max: number): number;
}
