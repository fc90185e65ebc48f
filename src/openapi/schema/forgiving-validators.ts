import { SparringError } from '../../errors.ts';
import { noViolations, type Validators } from './validators.ts';

const kept = new WeakMap<Validators, Validators>();

/** The same validators, to which a value is right where its schema cannot be compiled: what is made of it is not stopped by that. */
export function forgivingValidators(validators: Validators): Validators {
  const known = kept.get(validators);
  if (known) return known;
  // Schemas that were of no use once are not tried again: that takes long.
  const useless = new Set<string>();
  const validate: Validators['validate'] = (pointer, value, direction, location) => {
    const key = `${direction} ${pointer}`;
    if (useless.has(key)) return noViolations;
    try {
      return validators.validate(pointer, value, direction, location);
    } catch (error) {
      if (!(error instanceof SparringError) || error.code !== 'document-invalid') throw error;
      useless.add(key);
      return noViolations;
    }
  };
  const forgiving: Validators = {
    ...validators,
    validate,
    validator: (pointer, direction) => (value, location) => validate(pointer, value, direction, location),
  };
  kept.set(validators, forgiving);
  return forgiving;
}
