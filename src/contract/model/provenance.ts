/** How sure the document is of a fact; see `x-provenance`. */
export type Provenance = 'document' | 'public' | 'inferred' | 'default';
