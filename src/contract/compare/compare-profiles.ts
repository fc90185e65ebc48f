import type { Profile } from './profile.ts';
import { eventCause, nothing, type ValueDifference } from './value-difference.ts';

/** In what records look different, where both sides have some; what only some records of a side have may be there or not. */
export function compareProfiles(
  left: Profile,
  right: Profile,
  keys: readonly string[],
): readonly ValueDifference[] {
  if (left.count === 0 || right.count === 0) return [];
  const [types, otherTypes] = [left.types, right.types].map(
    (all) => new Set([...all].filter((type) => type !== 'null')),
  );
  if (types && otherTypes && types.size > 0 && otherTypes.size > 0 && types.isDisjointFrom(otherTypes))
    return [{ kind: 'type', keys, left: listed(types), right: listed(otherTypes) }];
  const { forms } = left;
  const isTelling = [...forms, ...right.forms].some((form) => eventCause.has(form));
  if (isTelling && forms.size > 0 && right.forms.size > 0 && forms.isDisjointFrom(right.forms))
    return [{ kind: 'format', keys, left: listed(forms), right: listed(right.forms) }];
  const fields = new Set([...left.fields.keys(), ...right.fields.keys()]);
  return [...fields]
    .flatMap((name): readonly ValueDifference[] => {
      const at = [...keys, name];
      const [one, other] = [left.fields.get(name), right.fields.get(name)];
      if (one && other) return compareProfiles(one, other, at);
      const isAlways = (one ?? other)?.count === (one ? left : right).objects;
      if (!isAlways || left.objects === 0 || right.objects === 0) return [];
      return [
        {
          kind: 'field',
          keys: at,
          left: one ? listed(one.types) : nothing,
          right: other ? listed(other.types) : nothing,
        },
      ];
    })
    .concat(left.items && right.items ? compareProfiles(left.items, right.items, [...keys, '*']) : []);
}

function listed(words: ReadonlySet<string>): string {
  return [...words].sort().join(' or ');
}
