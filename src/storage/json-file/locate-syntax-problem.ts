export type JsonPath = readonly (string | number)[];

export interface DataFileProblem {
  /** Both count from 1; a column counts UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
  /** What should stand there, to follow "expected". */
  readonly expected: string;
}

/** Where, and why, `text` stops being JSON (RFC 8259). V8's own message often names no position. */
export function locateSyntaxProblem(text: string): DataFileProblem | undefined {
  try {
    new Scanner(text, () => undefined).document();
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return problemAt(text, error.offset, error.expected);
    throw error;
  }
}

/** The problem "expected `expected`" at the value that `path` leads to, or at the nearest value above it. */
export function problemAtPath(text: string, path: JsonPath, expected: string): DataFileProblem {
  let best = { depth: -1, offset: 0 };
  const scanner = new Scanner(text, (here, offset) => {
    const leadsThere = here.every((step, index) => step === path[index]);
    if (leadsThere && here.length > best.depth) best = { depth: here.length, offset };
  });
  scanner.document();
  return problemAt(text, best.offset, expected);
}

export function problemAt(text: string, offset: number, expected: string): DataFileProblem {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n'), expected };
}

class Stop extends Error {
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
    this.expected = expected;
  }
}

/** Walks JSON text and tells where each value starts. Only for text that is known to be wrong somewhere: it is slow. */
class Scanner {
  readonly #text: string;
  readonly #visit: (path: JsonPath, offset: number) => void;
  readonly #path: (string | number)[] = [];
  #offset = 0;

  constructor(text: string, visit: (path: JsonPath, offset: number) => void) {
    this.#text = text;
    this.#visit = visit;
  }

  document(): void {
    this.#value();
    this.#take(/[ \t\r\n]*/y);
    if (this.#offset < this.#text.length) throw new Stop(this.#offset, 'the end of the file');
  }

  #value(): void {
    this.#take(/[ \t\r\n]*/y);
    this.#visit(this.#path, this.#offset);
    if (this.#take(/\{/y)) this.#members('}', () => this.#key());
    else if (this.#take(/\[/y)) this.#members(']', (index) => index);
    else if (this.#text[this.#offset] === '"') this.#string('a string in double quotes on one line');
    else if (!this.#take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y)) {
      throw new Stop(this.#offset, 'a value');
    }
  }

  #members(close: '}' | ']', step: (index: number) => string | number): void {
    const end = close === '}' ? /[ \t\r\n]*\}/y : /[ \t\r\n]*\]/y;
    if (this.#take(end)) return;
    for (let index = 0; ; index += 1) {
      this.#path.push(step(index));
      this.#value();
      this.#path.pop();
      if (this.#take(end)) return;
      this.#take(/[ \t\r\n]*/y);
      if (!this.#take(/,/y)) throw new Stop(this.#offset, `"," or "${close}"`);
    }
  }

  #key(): string {
    this.#take(/[ \t\r\n]*/y);
    const key = this.#string('a property name in double quotes');
    this.#take(/[ \t\r\n]*/y);
    if (!this.#take(/:/y)) throw new Stop(this.#offset, '":"');
    return key;
  }

  #string(expected: string): string {
    const start = this.#offset;
    if (!this.#take(/"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy)) {
      throw new Stop(start, expected);
    }
    return String(JSON.parse(this.#text.slice(start, this.#offset)));
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    if (!pattern.test(this.#text)) return false;
    this.#offset = pattern.lastIndex;
    return true;
  }
}
