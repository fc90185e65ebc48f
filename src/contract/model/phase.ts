export const phases = [
  'examples',
  'positives',
  'negatives',
  'fuzzing',
  'authentication',
  'methods',
  'sequences',
  'writes',
  'lists',
  'webhooks',
] as const;

/** A group of cases that can be left out. */
export type Phase = (typeof phases)[number];

/** The group that a case belongs to: one of a contract run, or those about somebody's webhook receiver. */
export type CasePhase = Phase | 'receivers';
