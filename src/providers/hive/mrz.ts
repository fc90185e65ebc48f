/** What a machine readable zone holds (ICAO Doc 9303-3): dates as `yyyy-mm-dd`, names as upper-case A-Z words. */
export interface MrzFields {
  /** One or two letters, such as `ID`. */
  readonly documentCode: string;
  readonly issuer: string;
  /** At most nine characters. */
  readonly documentNumber: string;
  readonly optionalData: string;
  readonly dateOfBirth: string;
  readonly sex: string;
  readonly dateOfExpiry: string;
  readonly nationality: string;
  readonly surname: string;
  readonly givenNames: string;
}

export interface Mrz {
  readonly lines: readonly string[];
  readonly documentNumberDigit: string;
  readonly dateOfBirthDigit: string;
  readonly dateOfExpiryDigit: string;
  readonly finalDigit: string;
}

/** The check digit of ICAO Doc 9303-3 section 4.9: values 0-9, A=10 … Z=35, `<`=0, weighted 7, 3, 1, modulo 10. */
export function mrzCheckDigit(text: string): string {
  const weights = [7, 3, 1];
  let sum = 0;
  for (const [position, character] of Array.from(text).entries()) {
    const value = character === '<' ? 0 : Number.parseInt(character, 36);
    sum += value * (weights[position % 3] ?? 0);
  }
  return String(sum % 10);
}

/** Three lines of 30, for cards (TD1, ICAO Doc 9303-5 section 4.2). */
export function cardMrz(fields: MrzFields): Mrz {
  const { number, numberDigit, birth, birthDigit, expiry, expiryDigit } = commonParts(fields);
  const upper = `${filled(fields.documentCode, 2)}${filled(fields.issuer, 3)}${number}${numberDigit}${filled(fields.optionalData, 15)}`;
  const middle = `${birth}${birthDigit}${fields.sex}${expiry}${expiryDigit}${filled(fields.nationality, 3)}${filled('', 11)}`;
  const finalDigit = mrzCheckDigit(
    upper.slice(5) + middle.slice(0, 7) + middle.slice(8, 15) + middle.slice(18),
  );
  return {
    lines: [upper, middle + finalDigit, nameField(fields, 30)],
    documentNumberDigit: numberDigit,
    dateOfBirthDigit: birthDigit,
    dateOfExpiryDigit: expiryDigit,
    finalDigit,
  };
}

/** Two lines of 44, for passports (TD3, ICAO Doc 9303-4 section 4.2). */
export function passportMrz(fields: MrzFields): Mrz {
  const { number, numberDigit, birth, birthDigit, expiry, expiryDigit } = commonParts(fields);
  const optional = filled(fields.optionalData, 14);
  const upper = `${filled(fields.documentCode, 2)}${filled(fields.issuer, 3)}${nameField(fields, 39)}`;
  const dated = `${birth}${birthDigit}${fields.sex}${expiry}${expiryDigit}${optional}${mrzCheckDigit(optional)}`;
  const finalDigit = mrzCheckDigit(number + numberDigit + dated.slice(0, 7) + dated.slice(8));
  return {
    lines: [upper, `${number}${numberDigit}${filled(fields.nationality, 3)}${dated}${finalDigit}`],
    documentNumberDigit: numberDigit,
    dateOfBirthDigit: birthDigit,
    dateOfExpiryDigit: expiryDigit,
    finalDigit,
  };
}

function commonParts(fields: MrzFields) {
  const number = filled(fields.documentNumber, 9);
  const birth = shortDate(fields.dateOfBirth);
  const expiry = shortDate(fields.dateOfExpiry);
  return {
    number,
    numberDigit: mrzCheckDigit(number),
    birth,
    birthDigit: mrzCheckDigit(birth),
    expiry,
    expiryDigit: mrzCheckDigit(expiry),
  };
}

/**
 * `SURNAME<<GIVEN<NAMES`, cut to the length. A surname that would fill the field leaves room for the first letter of the
 * given names (ICAO Doc 9303-5 section 4.2.3).
 */
function nameField({ surname, givenNames }: MrzFields, length: number): string {
  if (givenNames === '') return filled(surname, length);
  return filled(`${filled(surname, length - 3).replace(/<+$/, '')}<<${givenNames}`, length);
}

function filled(text: string, length: number): string {
  return text
    .replace(/[^A-Z0-9]/g, '<')
    .slice(0, length)
    .padEnd(length, '<');
}

function shortDate(date: string): string {
  return date.slice(2).replaceAll('-', '');
}
