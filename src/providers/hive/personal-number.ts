import type { Derivation } from '../../state/derivation.ts';
import { yearOf } from './iso-date.ts';
import { mrzCheckDigit } from './mrz.ts';

export type Sex = 'M' | 'F';

/** Makes the national number of a person born on `birth` (`yyyy-mm-dd`), with the check digit the country's rule asks for. */
export type PersonalNumber = (birth: string, sex: Sex, derive: Derivation) => string;

/** Isikukood, standard EVS 585: two rounds of weights modulo 11. */
export function estonianNumber(birth: string, sex: Sex, derive: Derivation): string {
  const start = `${centuryDigit(birth, sex)}${compact(birth, 'ymd')}${serial(derive, 3)}`;
  const first = weighted(start, '1234567891') % 11;
  const second = weighted(start, '3456789123') % 11;
  return `${start}${first < 10 ? first : second % 10}`;
}

/** Henkilötunnus; individual numbers from 900 are set aside for persons who do not exist. */
export function finnishNumber(birth: string, sex: Sex, derive: Derivation): string {
  const individual = 900 + 2 * derive.integer('personal_number', 0, 49) + (sex === 'M' ? 1 : 0);
  const day = compact(birth, 'dmy');
  const sign = yearOf(birth) < 1900 ? '+' : yearOf(birth) < 2000 ? '-' : 'A';
  return `${day}${sign}${individual}${'0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(`${day}${individual}`) % 31)}`;
}

/** PESEL: the century is added to the month, the tenth digit is odd for men. */
export function polishNumber(birth: string, sex: Sex, derive: Derivation): string {
  const century = yearOf(birth) < 1900 ? 80 : yearOf(birth) < 2000 ? 0 : 20;
  const month = String(Number(birth.slice(5, 7)) + century).padStart(2, '0');
  const parity = 2 * derive.integer('personal_number_parity', 0, 4) + (sex === 'M' ? 1 : 0);
  const start = `${birth.slice(2, 4)}${month}${birth.slice(8)}${serial(derive, 3)}${parity}`;
  return `${start}${(10 - (weighted(start, '1379137913') % 10)) % 10}`;
}

/** Cod numeric personal: sex and century, date, county 01 to 46, serial. */
export function romanianNumber(birth: string, sex: Sex, derive: Derivation): string {
  const first = yearOf(birth) < 1900 ? 3 : yearOf(birth) < 2000 ? 1 : 5;
  const county = String(derive.integer('personal_number_county', 1, 46)).padStart(2, '0');
  const start = `${sex === 'M' ? first : first + 1}${compact(birth, 'ymd')}${county}${serial(derive, 3)}`;
  const remainder = weighted(start, '279146358279') % 11;
  return `${start}${remainder === 10 ? 1 : remainder}`;
}

/** Personas kods as issued to those born before July 2017; the digit after the hyphen is the century. */
export function latvianNumber(birth: string, _sex: Sex, derive: Derivation): string {
  const century = yearOf(birth) < 1900 ? 0 : yearOf(birth) < 2000 ? 1 : 2;
  const date = compact(birth, 'dmy');
  const drawn = Number(serial(derive, 3));
  // Where the check digit would be 10, the neighbouring serial has one, as the last weight is 2.
  const number = latvianCheck(date, century, drawn) === 10 ? drawn ^ 1 : drawn;
  return `${date}-${century}${String(number).padStart(3, '0')}${latvianCheck(date, century, number)}`;
}

function latvianCheck(date: string, century: number, serialNumber: number): number {
  const digits = Array.from(`${date}${century}${String(serialNumber).padStart(3, '0')}`, Number);
  const weights = [1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = digits.reduce((total, digit, position) => total + digit * (weights[position] ?? 0), 0);
  return (1101 - sum) % 11;
}

/** Number of the demographic register: date of birth, four digits, check digit weighted as in machine readable zones. */
export function ukrainianNumber(birth: string, _sex: Sex, derive: Derivation): string {
  const date = birth.replaceAll('-', '');
  const number = serial(derive, 4);
  return `${date}-${number}${mrzCheckDigit(date + number)}`;
}

function centuryDigit(birth: string, sex: Sex): number {
  const century = Math.min(Math.max(Math.floor(yearOf(birth) / 100), 18), 21);
  return (century - 18) * 2 + (sex === 'M' ? 1 : 2);
}

function compact(birth: string, order: 'ymd' | 'dmy'): string {
  const [year, month, day] = [birth.slice(2, 4), birth.slice(5, 7), birth.slice(8)];
  return order === 'ymd' ? `${year}${month}${day}` : `${day}${month}${year}`;
}

function serial(derive: Derivation, length: number): string {
  return derive.text('personal_number', length, '0123456789');
}

function weighted(digits: string, weights: string): number {
  return Array.from(digits).reduce(
    (sum, digit, position) => sum + Number(digit) * Number(weights.charAt(position)),
    0,
  );
}
