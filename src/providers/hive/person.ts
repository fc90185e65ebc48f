import type { RecordValue } from '../../model/record.ts';
import type { Derivation } from '../../state/derivation.ts';
import type { Country } from './countries.ts';
import { countries } from './countries.ts';
import { addDays, addYears, isIsoDate, isoDate } from './iso-date.ts';
import type { Sex } from './personal-number.ts';
import { numberOf, textOf } from './text-of.ts';
import { transliterate } from './transliterate.ts';

/** Who stood before the camera: the customer, with derived answers to all that the customer record leaves open. */
export interface Person {
  /** As in a machine readable zone: upper-case words of A-Z. Given names can be empty only where the customer has none but a surname. */
  readonly surname: string;
  readonly givenNames: string;
  readonly sex: Sex;
  /** `yyyy-mm-dd`. */
  readonly birth: string;
  readonly country: Country;
  readonly personalNumber: string;
  readonly beard: boolean;
  readonly mustache: boolean;
  readonly eyeglasses: boolean;
  /** When the customer became known, in milliseconds since the Unix epoch: a fixed point for dates that must not move. */
  readonly knownSince: number;
}

/**
 * The same customer is the same person in every check.
 *
 * @param derive belongs to the customer, so that nothing here depends on the check.
 * @param now milliseconds since the Unix epoch; the fixed point when there is no customer record (any more).
 */
export function describePerson(customer: RecordValue | undefined, derive: Derivation, now: number): Person {
  const country = derive.pick('country', countries);
  const sex = sexOf(textOf(customer, 'gender')) ?? derive.pick<Sex>('sex', ['M', 'F']);
  const knownSince = numberOf(customer, 'created_at', Math.floor(now / 1000)) * 1000;
  const birth = birthOf(customer) ?? derivedBirth(derive, knownSince);
  const beard = sex === 'M' && derive.fraction('beard') < 0.35;
  return {
    surname: latin(textOf(customer, 'last_name')) || transliterate(derive.pick('surname', country.surnames)),
    givenNames: givenNamesOf(customer) || transliterate(derive.pick('given_names', country.givenNames[sex])),
    sex,
    birth,
    country,
    personalNumber: country.personalNumber(birth, sex, derive),
    beard,
    mustache: beard || (sex === 'M' && derive.fraction('mustache') < 0.15),
    eyeglasses: derive.fraction('eyeglasses') < 0.3,
    knownSince,
  };
}

function sexOf(gender: string | null): Sex | undefined {
  if (gender === 'male') return 'M';
  return gender === 'female' ? 'F' : undefined;
}

function birthOf(customer: RecordValue | undefined): string | undefined {
  const dob = textOf(customer, 'dob');
  return dob !== null && isIsoDate(dob) ? dob : undefined;
}

/** Between 18 and 70 years before the customer became known. */
function derivedBirth(derive: Derivation, knownSince: number): string {
  const adult = addYears(isoDate(knownSince), -18);
  return addDays(adult, -derive.integer('birth', 1, 52 * 365));
}

function givenNamesOf(customer: RecordValue | undefined): string {
  const names = [textOf(customer, 'first_name'), textOf(customer, 'middle_name')];
  return names.map(latin).filter(Boolean).join(' ');
}

function latin(name: string | null): string {
  return name === null ? '' : transliterate(name);
}
