import { isObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import { withValueAt } from '../../json/with-value-at.ts';
import type { Operation } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import { findMediaType } from '../../openapi/document/media-type.ts';
import { alterAnswers } from './alter-answers.ts';
import { isSuccess, withJsonAnswer } from './json-answers.ts';
import type { MutantOperator, Mutation, MutationSubject } from './mutant.ts';
import { pick } from './pick.ts';
import { jsonOf, type Script } from './script.ts';
import { nameOf, partsOf, type ValuePart } from './value-parts.ts';

/** What stands in the place of a part; `value: undefined` takes it away. Undefined: the fault has no place there. */
export type PartChange = (part: ValuePart) => { readonly value: unknown } | undefined;

const isText = (value: unknown) => typeof value === 'string';
const keyword = ({ merged }: ValuePart, name: string) =>
  merged.nodes.find((node) => node[name] !== undefined)?.[name];
const isMember = ({ keys }: ValuePart) => keys.length > 0 && !/^\d+$/.test(keys.at(-1) ?? '');
const only = (holds: boolean, value: unknown) => (holds ? { value } : undefined);

/** Faults in the body of a success: one part of it is not as its schema says. */
export const partChanges: readonly (readonly [id: string, fault: string, change: PartChange])[] = [
  [
    'property-missing',
    'leaves a required property out of a success',
    (part) => only(part.isRequired && isMember(part) && part.value !== undefined, undefined),
  ],
  [
    'property-renamed',
    'writes the name of a property in upper case',
    (part) => {
      if (!isObject(part.value)) return undefined;
      const name = Object.keys(part.value).findLast((each) => part.merged.required.has(each));
      if (name === undefined) return undefined;
      const renamed = Object.entries(part.value).map(([key, value]) => [
        key === name ? key.toUpperCase() : key,
        value,
      ]);
      return { value: Object.fromEntries(renamed) };
    },
  ],
  [
    'property-extra',
    'adds a property to an object that is closed',
    ({ value }) => only(isObject(value), isObject(value) ? { ...value, sparring_extra: true } : value),
  ],
  ['type-wrong', 'answers a number where a text belongs', ({ value }) => only(isText(value), 12_345)],
  [
    'number-as-text',
    'writes a number as a text',
    ({ value }) => only(typeof value === 'number', String(value)),
  ],
  [
    'boolean-as-number',
    'writes a boolean as 0 or 1',
    ({ value }) => only(typeof value === 'boolean', value === true ? 1 : 0),
  ],
  [
    'null-instead',
    'answers null where null is not allowed',
    (part) => only(part.value !== undefined && part.value !== null && part.keys.length > 0, null),
  ],
  [
    'format-broken',
    'answers a text that is not of its format',
    (part) =>
      only(isText(part.value) && keyword(part, 'format') !== undefined, `not a ${keyword(part, 'format')}`),
  ],
  [
    'enum-unknown',
    'answers a value that is not one of those listed',
    (part) => only(Array.isArray(keyword(part, 'enum')) && isText(part.value), 'sparring-unknown'),
  ],
  [
    'number-out-of-bounds',
    'answers a number beyond its bounds',
    (part) => {
      const most = keyword(part, 'maximum');
      const least = keyword(part, 'minimum');
      if (typeof part.value !== 'number') return undefined;
      if (typeof most === 'number') return { value: most + 1 };
      return typeof least === 'number' ? { value: least - 1 } : undefined;
    },
  ],
  [
    'text-out-of-bounds',
    'answers a text longer or shorter than allowed, or not by its pattern',
    (part) => {
      const most = keyword(part, 'maxLength');
      if (!isText(part.value)) return undefined;
      if (keyword(part, 'pattern') !== undefined) return { value: '\u00b6' };
      if (typeof most === 'number' && most < 10_000) return { value: 'x'.repeat(most + 1) };
      return only(Number(keyword(part, 'minLength') ?? 0) > 0, '');
    },
  ],
  [
    'object-for-array',
    'answers an array as an object by index',
    ({ value }) => only(Array.isArray(value), Array.isArray(value) ? { ...value } : value),
  ],
  ['array-for-object', 'answers an object within an array', ({ value }) => only(isObject(value), [value])],
];

export const answerBodies: readonly MutantOperator[] = partChanges.map(([id, fault, change]) => ({
  id,
  family: 'answers',
  fault: `The server ${fault}.`,
  mutations: (subject) => subject.scripts.flatMap((script) => mutationOf(subject, script, id, change)),
}));

function mutationOf(
  subject: MutationSubject,
  script: Script,
  id: string,
  change: PartChange,
): readonly Mutation[] {
  const { api, seed } = subject;
  const { answer, operation } = script;
  const schema = schemaOf(operation, script);
  const whole = jsonOf(answer);
  if (schema === undefined || whole === undefined || !isSuccess(answer)) return [];
  const { answer: check } = api.planOf(operation);
  const parts = partsOf({ ...api, direction: 'response' }, schema, whole).filter((part) => {
    const changed = change(part);
    if (!changed) return false;
    const mutated = withValueAt(whole, part.keys, changed.value);
    return check.check(answer.status, answer.headers['content-type'], mutated).length > 0;
  });
  const part = pick(parts, seed, `${id} ${operation.id}`);
  if (!part) return [];
  const { keys } = part;
  return [
    {
      place: `${operation.id} ${nameOf(part)}`.trimEnd(),
      operation,
      plant: (served) =>
        alterAnswers(served, operation, (response) =>
          isSuccess(response)
            ? withJsonAnswer(response, (value) => changedAt(value, keys, { ...part, value }, change))
            : response,
        ),
      witness: [...script.before, script.request],
    },
  ];
}

/** The value with the part at the keys changed; arrays are entered at their last item, whatever their length. */
export function changedAt(
  value: unknown,
  keys: readonly string[],
  part: ValuePart,
  change: PartChange,
): unknown {
  let here = value;
  const path: string[] = [];
  for (const key of keys) {
    const at = Array.isArray(here) ? String(here.length - 1) : key;
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, at)) return value;
    path.push(at);
    here = Reflect.get(here, at);
  }
  const changed = change({ ...part, value: here });
  return changed ? withValueAt(value, path, changed.value) : value;
}

function schemaOf(operation: Operation, { answer }: Script): Pointer | undefined {
  const response = findResponse(operation, answer.status);
  const mediaType = answer.headers['content-type'];
  return response && mediaType !== undefined
    ? findMediaType(response.mediaTypes, mediaType)?.schema
    : undefined;
}
