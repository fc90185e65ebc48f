import type { Derivation } from '../../state/derivation.ts';
import type { Findings } from './findings.ts';
import { addDays, addYears, dottedDate, isoDate, wholeMonths, wholeYears } from './iso-date.ts';
import type { Mrz } from './mrz.ts';
import { cardMrz, passportMrz } from './mrz.ts';
import type { Person } from './person.ts';

interface DocumentKind {
  readonly title: string;
  readonly documentCode: string;
  readonly format: 'ID-1' | 'ID-3';
  /** Years. */
  readonly validity: number;
}

const identityCard: DocumentKind = {
  title: 'identity card',
  documentCode: 'ID',
  format: 'ID-1',
  validity: 10,
};
const kinds = [
  identityCard,
  identityCard,
  { title: 'residence permit', documentCode: 'IR', format: 'ID-1', validity: 5 },
  { title: 'passport', documentCode: 'P', format: 'ID-3', validity: 10 },
] as const satisfies readonly DocumentKind[];

/** Nationalities of those who hold a residence permit. */
const foreigners = ['BRA', 'GEO', 'IND', 'MDA', 'TUR', 'VNM'] as const;

/** The identity document a person showed: a row of `properties` as reports have them, all of them text. */
export type DocumentProperties = ReturnType<typeof identityDocument>;

/**
 * The same person shows the same document in every check, until it expires and is renewed. It has expired only where the
 * findings say so.
 *
 * @param now milliseconds since the Unix epoch.
 */
export function identityDocument(person: Person, derive: Derivation, now: number, findings: Findings) {
  const kind: DocumentKind = derive.pick('document', kinds);
  const today = isoDate(now);
  const { issued, expires } = datesOf(person, kind, derive, today, findings.has('document-expired'));
  // The number is drawn per date of issue: a renewed document has another one.
  const nationality =
    kind.documentCode === 'IR' ? derive.pick('nationality', foreigners) : person.country.code;
  const documentNumber = fromPattern(person.country.numberPattern, derive, `document_number_${issued}`);
  const mrz = (kind.format === 'ID-3' ? passportMrz : cardMrz)({
    documentCode: kind.documentCode,
    issuer: person.country.code,
    documentNumber,
    optionalData: person.personalNumber.replaceAll('-', ''),
    dateOfBirth: person.birth,
    sex: person.sex,
    dateOfExpiry: expires,
    nationality,
    surname: person.surname,
    givenNames: person.givenNames,
  });
  const read = findings.has('mrz-damaged') ? damaged(mrz, documentNumber) : mrz;
  return {
    document_title: kind.title,
    year: issued.slice(0, 4),
    icao_code: person.country.code,
    country_name: person.country.name,
    document_class_code: kind.documentCode,
    issuing_state_code: person.country.code,
    document_number: documentNumber,
    date_of_expiry: dottedDate(expires),
    date_of_issue: dottedDate(issued),
    date_of_birth: dottedDate(person.birth),
    place_of_birth: nationality,
    personal_number: person.personalNumber,
    surname: person.surname,
    given_names: person.givenNames,
    nationality,
    gender: person.sex,
    surname_and_given_names: `${person.surname} ${person.givenNames}`,
    nationality_code: nationality,
    mrz_type: kind.format,
    // The documented sample has the personal number here too.
    mrz_name: person.personalNumber,
    issuing_state_name: person.country.name,
    mrz_strings: read.lines.join('^'),
    document_number_checkdigit: read.documentNumberDigit,
    date_of_birth_checkdigit: read.dateOfBirthDigit,
    date_of_expiry_checkdigit: read.dateOfExpiryDigit,
    finalcheckdigit: read.finalDigit,
    card_access_number: derive.text(`card_access_number_${issued}`, 6, '0123456789'),
    mrz_strings_with_correct_checksums: mrz.lines.join('^'),
    age: String(wholeYears(person.birth, today)),
    months_to_expire: String(wholeMonths(today, expires)),
  };
}

function datesOf(person: Person, kind: DocumentKind, derive: Derivation, today: string, expired: boolean) {
  if (expired) {
    const expires = addDays(today, -derive.integer('expired', 5, 500));
    return { issued: addYears(expires, -kind.validity), expires };
  }
  let issued = addDays(isoDate(person.knownSince), -derive.integer('issued', 30, (kind.validity - 1) * 365));
  if (issued < person.birth && person.birth < today) issued = person.birth;
  while (addYears(issued, kind.validity) <= today) issued = addYears(issued, kind.validity);
  return { issued, expires: addYears(issued, kind.validity) };
}

/** The document number's check digit misread, and with it nothing else. */
function damaged(mrz: Mrz, documentNumber: string): Mrz {
  const wrong = String((Number(mrz.documentNumberDigit) + 1) % 10);
  const number = documentNumber.padEnd(9, '<');
  const lines = mrz.lines.map((line) => line.replace(number + mrz.documentNumberDigit, number + wrong));
  return { ...mrz, lines, documentNumberDigit: wrong };
}

function fromPattern(pattern: string, derive: Derivation, field: string): string {
  const letters = derive.text(`${field}_letters`, pattern.length, 'ABCDEFGHJKLMNPRSTUVWXYZ');
  const digits = derive.text(field, pattern.length, '0123456789');
  const characters = Array.from(pattern, (symbol, position) => {
    if (symbol === 'A') return letters.charAt(position);
    return symbol === '0' ? digits.charAt(position) : symbol;
  });
  return characters.join('');
}
