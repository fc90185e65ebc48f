/** How binding a rule is: the document says so, an RFC does, or it is what everybody does. Only the first two fail a run. */
export type Grade = 'contract' | 'rfc' | 'convention';
