import type { Case } from '../../model/case.ts';
import type { Grade } from '../../model/grade.ts';
import { type ReceiverPlanContext, receiverCase, receiverDelivery, type Stray } from './receiver-case.ts';
import { withFreeText } from './signature-cases.ts';

const target = '🎯';
/** Milliseconds between two packets: a receiver that is busy reads short ones at once. */
const pauses = [60, 300];

const texts: readonly (readonly [string, string, string])[] = [
  ['4-byte-characters', 'characters of four bytes in UTF-8', `${target}${target}${target} for noon`],
  ['line-separator', 'U+2028 in a text', 'By\u2028noon'],
  ['nul', 'an escaped U+0000 in a text', 'By\0noon'],
];

/** Events of unusual size and shape, as HTTP and JSON allow them. */
export function shapeCases(context: ReceiverPlanContext): readonly Case[] {
  const { main } = context;
  const parts = { question: 'shape', family: 'shapes' } as const;
  const ofText = [...texts, ...longText(context)].flatMap(([what, title, text]) => {
    const change = withFreeText(context, text);
    if (!change) return [];
    const { delivery } = receiverDelivery(context, main, what, change, { name: title });
    return [receiverCase(main, { ...parts, what, title, setting: 'contentType', deliveries: [delivery] })];
  });
  const ofMessage = framings(context).map(({ title, what, grade, ...stray }) => {
    const change = withFreeText(context, `for ${target} noon`);
    const made = receiverDelivery(context, main, what, change, { ...stray, name: title }).delivery;
    // Within the four bytes of the sign.
    const at = made.body.indexOf(0xf0) + 2;
    const deliveries =
      what === 'cut-within-a-character' ? pauses.map((pause) => ({ ...made, cut: { at, pause } })) : [made];
    return receiverCase(main, {
      ...parts,
      what,
      title,
      grade,
      setting: 'contentType',
      deliveries,
    });
  });
  return [...ofText, ...ofMessage];
}

function longText({ main }: ReceiverPlanContext): readonly (readonly [string, string, string])[] {
  const room = main.freeText?.room ?? 0;
  return room < 1_000_000 ? [] : [['a-megabyte', 'a body of a megabyte', 'x'.repeat(room)]];
}

interface Framing extends Stray {
  readonly what: string;
  readonly title: string;
  readonly grade: Grade;
}

/** RFC 9110 and 9112 allow each of these. */
function framings({ main }: ReceiverPlanContext): readonly Framing[] {
  const { contentType } = main.policy;
  const policy = { ...main.policy, contentType: `${contentType}; charset=utf-8` };
  return [
    { what: 'chunked', title: 'a chunked body', grade: 'rfc', chunked: true },
    ...(main.freeText
      ? [
          {
            what: 'cut-within-a-character',
            title: 'a body that is cut within a character, over two packets',
            grade: 'rfc' as const,
          },
        ]
      : []),
    ...(contentType.includes(';')
      ? []
      : [{ what: 'charset', title: 'a charset beside the media type', grade: 'rfc' as const, policy }]),
    { what: 'lower-case-headers', title: 'header names in lower case', grade: 'rfc', spelling: 'lower' },
    { what: 'upper-case-headers', title: 'header names in upper case', grade: 'rfc', spelling: 'upper' },
  ];
}
