/** Where text stops being JSON; line and column count from 1. */
export interface JsonProblem {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** To follow "expected". */
  readonly expected: string;
}

const space = /[ \t\r\n]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** What ends a run of plain characters in a string; looked for one at a time, since a pattern for whole strings overflows on long ones. */
const stop = /["\\\p{Cc}]/gu;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may stand next: a value, a value or the end of an array, a key, a key or the end of an object, or what follows a value. */
type State = 'value' | 'first item' | 'key' | 'first key' | 'after value';

const expectations: Readonly<Record<Exclude<State, 'after value'>, string>> = {
  value: 'a value',
  'first item': 'a value or "]"',
  key: 'a property name in double quotes',
  'first key': 'a property name in double quotes or "}"',
};

/**
 * Finds where, and why, `text` stops being JSON (RFC 8259), since V8's own message often names no position. For text that
 * `JSON.parse` has refused already; does not recurse, so that depth does not matter.
 */
export function findJsonProblem(text: string): JsonProblem {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let offset = 0;

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = offset;
    if (!pattern.test(text)) return false;
    offset = pattern.lastIndex;
    return true;
  }

  /** Takes a string in double quotes, if one stands here and ends. */
  function takeString(): boolean {
    let end = offset + 1;
    for (;;) {
      stop.lastIndex = end;
      const found = stop.exec(text);
      if (text[offset] !== '"' || !found) return false;
      end = found.index + 1;
      if (found[0] === '"') {
        offset = end;
        return true;
      }
      // Of the control characters, JSON only forbids those before the space.
      if (found[0] > ' ' && found[0] !== '\\') continue;
      escapeSequence.lastIndex = found.index;
      if (!escapeSequence.test(text)) return false;
      end = escapeSequence.lastIndex;
    }
  }

  for (;;) {
    take(space);
    const character = text[offset];
    if (state === 'after value') {
      const inside = open.at(-1);
      const close = inside === '{' ? '}' : ']';
      if (inside === undefined) return problemAt(text, offset, 'the end of the text');
      if (character === close) open.pop();
      else if (character === ',') state = inside === '{' ? 'key' : 'value';
      else return problemAt(text, offset, `"," or "${close}"`);
      offset += 1;
    } else if (state === 'key' || state === 'first key') {
      if (state === 'first key' && character === '}') {
        open.pop();
        offset += 1;
        state = 'after value';
        continue;
      }
      if (!takeString()) return problemAt(text, offset, expectations[state]);
      take(space);
      if (text[offset] !== ':') return problemAt(text, offset, '":"');
      offset += 1;
      state = 'value';
    } else if (character === '{' || character === '[') {
      open.push(character);
      offset += 1;
      state = character === '{' ? 'first key' : 'first item';
    } else if (state === 'first item' && character === ']') {
      open.pop();
      offset += 1;
      state = 'after value';
    } else if (takeString() || take(scalar)) state = 'after value';
    else return problemAt(text, offset, expectations[state]);
  }
}

function problemAt(text: string, offset: number, expected: string): JsonProblem {
  const before = text.slice(0, offset);
  return { offset, line: before.split('\n').length, column: offset - before.lastIndexOf('\n'), expected };
}
