import type { SampleSource } from './sample-source.ts';

type Make = (make: Making) => string;

interface Making {
  readonly source: SampleSource;
  readonly field: string;
  /** The name of what it is a part of, such as `customers`. */
  readonly subject: string;
  /** What times count back from, in milliseconds since the Unix epoch. */
  readonly now: number;
}

const firstNames = [
  'Amara',
  'Ben',
  'Carla',
  'Daniel',
  'Elena',
  'Felix',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Kwame',
  'Leila',
  'Marco',
  'Nora',
  'Omar',
  'Priya',
  'Quentin',
  'Rosa',
  'Samuel',
  'Tereza',
  'Umar',
  'Vera',
  'William',
  'Yara',
  'Zoe',
  'Aiko',
  'Mateus',
  'Sofia',
];
const lastNames = [
  'Abbott',
  'Becker',
  'Costa',
  'Dvorak',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ivanova',
  'Jensen',
  'Kimura',
  'Lindqvist',
  'Mensah',
  'Novak',
  'Okafor',
  'Petrov',
  'Quinn',
  'Rossi',
  'Silva',
  'Tanaka',
  'Ueda',
  'Varga',
  'Weber',
  'Young',
  'Zhang',
  'Moreau',
];
/** Cities with what goes with them, so that the parts of an address agree: name, region, country, its code, postcode, currency, time zone. */
const places = [
  ['Lisbon', 'Lisboa', 'Portugal', 'PT', '1100-148', 'EUR', 'Europe/Lisbon'],
  ['Leeds', 'West Yorkshire', 'United Kingdom', 'GB', 'LS1 4DY', 'GBP', 'Europe/London'],
  ['Hamburg', 'Hamburg', 'Germany', 'DE', '20095', 'EUR', 'Europe/Berlin'],
  ['Lyon', 'Auvergne-Rhône-Alpes', 'France', 'FR', '69002', 'EUR', 'Europe/Paris'],
  ['Portland', 'Oregon', 'United States', 'US', '97205', 'USD', 'America/Los_Angeles'],
  ['Toronto', 'Ontario', 'Canada', 'CA', 'M5V 2T6', 'CAD', 'America/Toronto'],
  ['Cape Town', 'Western Cape', 'South Africa', 'ZA', '8001', 'ZAR', 'Africa/Johannesburg'],
  ['Osaka', 'Osaka', 'Japan', 'JP', '530-0001', 'JPY', 'Asia/Tokyo'],
  ['Brno', 'South Moravia', 'Czechia', 'CZ', '602 00', 'CZK', 'Europe/Prague'],
  ['Melbourne', 'Victoria', 'Australia', 'AU', '3000', 'AUD', 'Australia/Melbourne'],
] as const;
const streets = [
  'Harbour Street',
  'Mill Lane',
  'Station Road',
  'Garden Row',
  'Church Street',
  'Canal Walk',
  'Orchard Avenue',
  'Market Square',
];
const companies = [
  'Northwind Traders',
  'Blue Harbor',
  'Oak & Finch',
  'Lumen Works',
  'Redstone Foods',
  'Silverline Logistics',
  'Juniper Labs',
  'Kestrel Media',
];
const products = [
  'Walnut Desk',
  'Cotton Blanket',
  'Ceramic Mug',
  'Steel Kettle',
  'Linen Shirt',
  'Trail Backpack',
  'Oak Shelf',
  'Wool Scarf',
  'Desk Lamp',
  'Glass Carafe',
];
const titles = [
  'Getting started',
  'Notes from the field',
  'Quarterly review',
  'A quiet morning',
  'What we learned',
  'Release plan',
  'First impressions',
  'Open questions',
];
const sentences = [
  'Checked and ready to use.',
  'Please call before delivery.',
  'Replaces the former version.',
  'Agreed with the team last week.',
  'Works as expected so far.',
  'Waiting for an answer from the supplier.',
  'Kept for later reference.',
  'Made to order.',
];
const words = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'flint',
  'grove',
  'harbor',
  'indigo',
  'juniper',
  'kestrel',
  'lumen',
  'maple',
  'north',
];
const jobs = [
  'Account Manager',
  'Software Engineer',
  'Nurse',
  'Architect',
  'Data Analyst',
  'Teacher',
  'Project Lead',
  'Designer',
];
const colors = ['blue', 'green', 'red', 'black', 'white', 'yellow', 'grey', 'orange'];

const people =
  /(?:user|customer|person|people|contact|employee|member|author|owner|patient|guest|driver|student|teacher|client|candidate|lead|account|holder|recipient|sender|passenger|assignee|creator)s?$/i;
const firms =
  /(?:compan|organi[sz]ation|vendor|supplier|merchant|brand|tenant|partner|workspace|manufacturer|publisher|store|shop|maker)/i;
const goods = /(?:product|item|article|good|part|sku|catalog|asset|equipment|dish|menu)/i;
const sites = /(?:cit(?:y|ies)|location|place|site|venue|depot|warehouse|office|port|station|hotel|branch)/i;

/** Texts by the name of their field; what is of one address or one person is chosen by what it is a part of. */
const named: readonly (readonly [RegExp, Make])[] = [
  [/e-?mail/i, ({ field, source }) => `${slug(personOf(source, field)).replaceAll('-', '.')}@example.com`],
  [/^(?:first|given|fore)_?name$/i, ({ field, source }) => personOf(source, field).split(' ')[0] ?? ''],
  [/^(?:last|family|sur)_?name$/i, ({ field, source }) => personOf(source, field).split(' ')[1] ?? ''],
  [
    /^(?:full_?|display_?|real_?|holder_?|contact_?|customer_?|author_?|owner_?|user_?)name$/i,
    ({ field, source }) => personOf(source, field),
  ],
  [
    /^(?:user_?name|login|handle|nick_?name|screen_?name)$/i,
    ({ field, source }) => slug(personOf(source, field)).replace('-', '.'),
  ],
  [
    /(?:company|organi[sz]ation|employer|vendor|merchant|brand|manufacturer)(?:_?name)?$/i,
    ({ field, source }) => one(source, field, companies),
  ],
  [/^(?:name|title|label|subject)$/i, nameOfSubject],
  [
    /(?:phone|mobile|fax|tel)(?:_?number)?$/i,
    ({ field, source }) => `+1555010${source.integer(field, 1000, 9999)}`,
  ],
  [
    /^(?:street|address|line_?1|address_?(?:line)?_?1|street_?address)$/i,
    ({ field, source }) => `${source.integer(field, 1, 180)} ${one(source, `${field} street`, streets)}`,
  ],
  [/^(?:line_?2|address_?(?:line)?_?2)$/i, ({ field, source }) => `Flat ${source.integer(field, 1, 40)}`],
  [/^(?:city|town|locality)$/i, (making) => placePart(making, 0)],
  [/^(?:state|region|province|county)$/i, (making) => placePart(making, 1)],
  [/^country_?(?:name)?$/i, (making) => placePart(making, 2)],
  [/country_?code/i, (making) => placePart(making, 3)],
  [/^(?:zip|post_?code|postal_?code|zip_?code)$/i, (making) => placePart(making, 4)],
  [/currency/i, (making) => placePart(making, 5)],
  [/time_?zone|^tz$/i, (making) => placePart(making, 6)],
  [
    /^(?:locale|lang|language)$/i,
    ({ field, source }) => one(source, field, ['en', 'de', 'fr', 'pt', 'cs', 'ja']),
  ],
  [
    /(?:image|avatar|photo|picture|thumbnail|logo|icon)(?:_?ur[il])?$/i,
    ({ field, source }) => `https://example.com/images/${source.integer(field, 1000, 9999)}.png`,
  ],
  [
    /(?:^|_)(?:ur[il]|link|href|website|homepage|web)s?$|(?:Ur[il]|URL|Link)$/,
    ({ field, source }) => `https://example.com/${one(source, field, words)}`,
  ],
  [
    /^(?:description|summary|notes?|comments?|body|text|content|message|bio|about|details?|remarks?|reason|excerpt)$/i,
    ({ field, source }) => one(source, field, sentences),
  ],
  [/^(?:job|role|position|occupation|job_?title)$/i, ({ field, source }) => one(source, field, jobs)],
  [/colou?r/i, ({ field, source }) => one(source, field, colors)],
  [/slug$/i, (making) => slug(nameOfSubject(making))],
  [
    /^sku$|(?:product|item|part)_?(?:code|number)$/i,
    ({ field, source }) => `SKU-${source.integer(field, 10_000, 99_999)}`,
  ],
  [
    /^(?:tags?|labels?|keywords?|category|categories|topic|genre|kind|type|group|department)$/i,
    ({ field, source }) => one(source, field, words),
  ],
  [
    /version$/i,
    ({ field, source }) => `${source.integer(field, 1, 4)}.${source.integer(`${field} minor`, 0, 9)}.0`,
  ],
  [/^(?:file_?name|filename)$/i, ({ field, source }) => `${one(source, field, words)}.pdf`],
  [/^(?:mime|media|content)_?type$/i, () => 'application/pdf'],
  [/^(?:gender|sex)$/i, ({ field, source }) => one(source, field, ['female', 'male', 'other'])],
  [
    /(?:number|no|num|reference|ref|code)$/i,
    ({ field, source }) =>
      `${one(source, field, words).slice(0, 2).toUpperCase()}${source.integer(`${field} digits`, 10_000, 99_999)}`,
  ],
];

/** A text that its field's name asks for; undefined where it asks for none. */
export function plausibleText(field: string, source: SampleSource, now: number): string | undefined {
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part));
  const name = parts.at(-1) ?? '';
  const making = { source, field, subject: parts.at(-2) ?? '', now };
  return named.find(([expression]) => expression.test(name))?.[1](making);
}

/** A time within the months before `now`, as ISO 8601; what is to come after it where the name says so. */
export function plausibleTime(field: string, source: SampleSource, now: number, isDay: boolean): string {
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const day = 86_400_000;
  const isBirth = /birth|^dob$/i.test(name);
  const isToCome = /expir|until|due|end|next|renew|scheduled|eta|deadline|closes/i.test(name);
  const days = isBirth
    ? -source.integer(field, 20 * 365, 70 * 365)
    : isToCome
      ? source.integer(field, 5, 200)
      : -source.integer(field, 2, 150);
  const time = new Date(
    now + days * day - source.integer(`${field} clock`, 0, day / 1000 - 1) * 1000,
  ).toISOString();
  return isDay ? time.slice(0, 10) : `${time.slice(0, 19)}Z`;
}

/** A number that its field's name asks for; undefined where it asks for none, or for none of those allowed. */
export function plausibleNumber(
  field: string,
  source: SampleSource,
  isInteger: boolean,
  now: number,
): number | undefined {
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const pick = (least: number, most: number) => source.integer(field, least, most);
  const cents = (least: number, most: number) =>
    isInteger ? pick(least, most) * 100 : pick(least * 100, most * 100) / 100;
  if (/(?:created|updated|modified|timestamp|_at$|At$)/.test(name))
    return Math.floor(now / 1000) - pick(86_400, 12_960_000);
  if (/(?:price|amount|cost|fee|total|balance|salary|budget|revenue)/i.test(name)) return cents(5, 400);
  if (/^(?:lat|latitude)$/i.test(name)) return pick(-4000, 5900) / 100;
  if (/^(?:lng|lon|long|longitude)$/i.test(name)) return pick(-12_000, 14_500) / 100;
  if (/percent|discount|ratio|rate$/i.test(name)) return isInteger ? pick(5, 60) : pick(5, 60) / 2;
  if (/rating|score|stars/i.test(name)) return isInteger ? pick(3, 5) : pick(30, 50) / 10;
  if (/^age$/i.test(name)) return pick(21, 67);
  if (/year/i.test(name)) return new Date(now).getUTCFullYear() - pick(0, 8);
  if (/(?:quantity|qty|count|stock|items|seats|size|capacity|views|likes)/i.test(name)) return pick(1, 40);
  if (/(?:weight|height|width|length|depth|distance|duration|minutes|hours)/i.test(name)) return pick(2, 120);
  return undefined;
}

/** The person that a record, or a part of it, is about. */
function personOf(source: SampleSource, field: string): string {
  const whose = field.slice(0, Math.max(field.lastIndexOf('.'), 0));
  return `${one(source, `${whose} first name`, firstNames)} ${one(source, `${whose} last name`, lastNames)}`;
}

function placePart({ field, source }: Making, part: 0 | 1 | 2 | 3 | 4 | 5 | 6): string {
  const whose = field.slice(0, Math.max(field.lastIndexOf('.'), 0));
  return places[source.integer(`${whose} place`, 0, places.length - 1)]?.[part] ?? '';
}

function nameOfSubject({ field, source, subject }: Making): string {
  if (/title$|subject$/i.test(field) && !goods.test(subject)) return one(source, field, titles);
  if (people.test(subject)) return personOf(source, field);
  if (firms.test(subject)) return one(source, field, companies);
  if (goods.test(subject)) return one(source, field, products);
  if (sites.test(subject))
    return `${places[source.integer(field, 0, places.length - 1)]?.[0]} ${singularOf(subject)}`;
  const word = one(source, field, words);
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)} ${singularOf(subject) || 'one'}`;
}

function singularOf(subject: string): string {
  return subject
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '');
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function one(source: SampleSource, field: string, choices: readonly string[]): string {
  return choices[source.integer(field, 0, choices.length - 1)] ?? '';
}
