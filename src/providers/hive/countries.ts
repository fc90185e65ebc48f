import type { PersonalNumber, Sex } from './personal-number.ts';
import {
  estonianNumber,
  finnishNumber,
  latvianNumber,
  polishNumber,
  romanianNumber,
  ukrainianNumber,
} from './personal-number.ts';

type Names = readonly [string, ...string[]];
export type Color = readonly [red: number, green: number, blue: number];

/** A country whose documents the drawn customers hold, and the names of those who came without one. */
export interface Country {
  readonly code: string;
  readonly name: string;
  /** BCP 47 language and region. */
  readonly locale: readonly [language: string, region: string];
  /** Standard time, as an offset from UTC. */
  readonly offset: string;
  readonly position: readonly [latitude: number, longitude: number];
  /** Of its document numbers: `A` stands for a letter, `0` for a digit, the rest for itself. */
  readonly numberPattern: string;
  readonly personalNumber: PersonalNumber;
  readonly colors: readonly [Color, Color];
  readonly surnames: Names;
  readonly givenNames: Readonly<Record<Sex, Names>>;
}

export const countries: readonly [Country, ...Country[]] = [
  {
    code: 'EST',
    name: 'Estonia',
    locale: ['et', 'EE'],
    offset: '+02:00',
    position: [59.437, 24.7536],
    numberPattern: 'AA0000000',
    personalNumber: estonianNumber,
    colors: [
      [0, 114, 206],
      [24, 32, 44],
    ],
    surnames: ['Tamm', 'Saar', 'Sepp', 'Mägi', 'Kask', 'Kukk', 'Rebane', 'Jõesaar'],
    givenNames: {
      M: ['Jaan', 'Rein', 'Toomas', 'Andres', 'Kristjan', 'Märt'],
      F: ['Anne', 'Liis', 'Kadri', 'Piret', 'Kristiina', 'Maarja'],
    },
  },
  {
    code: 'FIN',
    name: 'Finland',
    locale: ['fi', 'FI'],
    offset: '+02:00',
    position: [60.1699, 24.9384],
    numberPattern: '000000000',
    personalNumber: finnishNumber,
    colors: [
      [0, 47, 108],
      [120, 170, 216],
    ],
    surnames: ['Korhonen', 'Virtanen', 'Mäkinen', 'Nieminen', 'Hämäläinen', 'Laine', 'Koskinen'],
    givenNames: {
      M: ['Juhani', 'Mikko', 'Antti', 'Eero', 'Olli', 'Väinö'],
      F: ['Aino', 'Helmi', 'Sofia', 'Kaisa', 'Päivi', 'Emilia'],
    },
  },
  {
    code: 'LVA',
    name: 'Latvia',
    locale: ['lv', 'LV'],
    offset: '+02:00',
    position: [56.9496, 24.1052],
    numberPattern: 'PA0000000',
    personalNumber: latvianNumber,
    colors: [
      [158, 27, 52],
      [196, 160, 164],
    ],
    surnames: ['Liepa', 'Priede', 'Krūze', 'Zāle', 'Roze', 'Egle', 'Upe'],
    givenNames: {
      M: ['Jānis', 'Andris', 'Edgars', 'Mārtiņš', 'Artūrs', 'Juris'],
      F: ['Anna', 'Līga', 'Ilze', 'Kristīne', 'Elīna', 'Inese'],
    },
  },
  {
    code: 'POL',
    name: 'Poland',
    locale: ['pl', 'PL'],
    offset: '+01:00',
    position: [52.2297, 21.0122],
    numberPattern: 'AAA000000',
    personalNumber: polishNumber,
    colors: [
      [212, 33, 61],
      [150, 160, 176],
    ],
    surnames: ['Nowak', 'Mazur', 'Wójcik', 'Zając', 'Dudek', 'Sikora', 'Gołąb'],
    givenNames: {
      M: ['Jan', 'Piotr', 'Michał', 'Tomasz', 'Łukasz', 'Paweł'],
      F: ['Maria', 'Anna', 'Zofia', 'Agnieszka', 'Małgorzata', 'Ewa'],
    },
  },
  {
    code: 'ROU',
    name: 'Romania',
    locale: ['ro', 'RO'],
    offset: '+02:00',
    position: [44.4268, 26.1025],
    numberPattern: 'AA000000',
    personalNumber: romanianNumber,
    colors: [
      [0, 43, 127],
      [212, 168, 32],
    ],
    surnames: ['Popescu', 'Ionescu', 'Munteanu', 'Stoica', 'Dumitrașcu', 'Țurcanu', 'Rusu'],
    givenNames: {
      M: ['Andrei', 'Mihai', 'Ștefan', 'Ion', 'Radu', 'Cristian'],
      F: ['Ioana', 'Elena', 'Măriuca', 'Andreea', 'Raluca', 'Simona'],
    },
  },
  {
    code: 'UKR',
    name: 'Ukraine',
    locale: ['uk', 'UA'],
    offset: '+02:00',
    position: [50.4501, 30.5234],
    numberPattern: '000000000',
    personalNumber: ukrainianNumber,
    colors: [
      [0, 87, 183],
      [224, 190, 40],
    ],
    surnames: ['Шевченко', 'Коваленко', 'Бондаренко', 'Мельник', 'Кравчук', 'Олійник', 'Лисенко'],
    givenNames: {
      M: ['Андрій', 'Олександр', 'Тарас', 'Богдан', 'Юрій', 'Максим'],
      F: ['Оксана', 'Наталія', 'Ірина', 'Олена', 'Юлія', 'Софія'],
    },
  },
];
