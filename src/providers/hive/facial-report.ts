import type { Derivation } from '../../state/derivation.ts';
import type { Findings } from './findings.ts';
import type { Person } from './person.ts';
import { clear, section, trait } from './trait.ts';

/** The report's part on the face: is the picture good, is it the face on the document, is it a living person. */
export function facialReport(person: Person, age: number, findings: Findings, derive: Derivation) {
  const properties = facialProperties(person, age, findings, derive);
  const { sharpness, similarity, liveness } = properties;
  return {
    ...section({
      image_integrity: section({
        brightness: clear,
        sharpness: trait(
          findings.has('image-blurred'),
          'caution',
          `Image is not sharp (${Math.round(sharpness)}%)`,
        ),
      }),
      face_comparison: section({
        similarity: trait(
          findings.has('faces-differ'),
          'consider',
          `Faces don't match (${Math.round(similarity)}%)`,
        ),
        age_range: clear,
        gender: clear,
      }),
      visual_authenticity: section({
        liveness: trait(
          findings.has('not-live'),
          'consider',
          `Liveness is not confirmed (${Math.round(liveness * 100)}%)`,
        ),
        emotion: clear,
      }),
    }),
    properties,
  };
}

/** Similarity, brightness and sharpness are percentages, liveness is a probability, as in the documented sample. */
function facialProperties(person: Person, age: number, findings: Findings, derive: Derivation) {
  const live = !findings.has('not-live');
  const facesMatch = !findings.has('faces-differ');
  return {
    gender: person.sex === 'M' ? 'Male' : 'Female',
    emotions: [derive.pick('emotion', ['CALM', 'CALM', 'CALM', 'HAPPY'])],
    age_range: ageRange(age, derive),
    beard: person.beard,
    mustache: person.mustache,
    eyeglasses: person.eyeglasses,
    live,
    liveness: within(derive, 'liveness', live ? [0.97, 0.99999] : [0.04, 0.38], 8),
    faces_match: facesMatch,
    similarity: within(derive, 'similarity', facesMatch ? [91, 99.9] : [0, 24], 2),
    brightness: within(derive, 'brightness', [55, 92], 2),
    sharpness: within(derive, 'sharpness', findings.has('image-blurred') ? [12, 38] : [76, 98], 2),
  };
}

function ageRange(age: number, derive: Derivation): string {
  const youngest = Math.max(0, age - derive.integer('age_below', 3, 10));
  return `${youngest} - ${age + derive.integer('age_above', 3, 10)}`;
}

function within(
  derive: Derivation,
  field: string,
  [from, to]: readonly [number, number],
  digits: number,
): number {
  return Number((from + derive.fraction(field) * (to - from)).toFixed(digits));
}
