import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import type { Validators } from '../schema/validators.ts';
import { type SampleSource, sample } from './sample.ts';

/** A sample of an answer's schema: the least that it allows, else all that it names, since only that tells some alternatives apart. */
export function validSample(
  document: ApiDocument,
  validators: Validators,
  schema: Pointer,
  source: SampleSource,
  field: string,
): unknown {
  const least = sample(document, schema, source, field, { validators });
  if (validators.validate(schema, least, 'response', field).length === 0) return least;
  return sample(document, schema, source, field, { validators, full: true });
}
