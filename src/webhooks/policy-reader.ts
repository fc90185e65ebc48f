import type { Violation } from '../errors.ts';

/** Reads fields of one object and gathers what is wrong with them. */
export class PolicyReader {
  readonly violations: Violation[] = [];

  /** The field as `read` understands it; undefined when it is absent or wrong, and then the violation is noted. */
  field<T>(
    source: Record<string, unknown>,
    at: string,
    name: string,
    expected: string,
    read: (value: unknown) => T | undefined,
  ): T | undefined {
    const value = source[name];
    if (value === undefined) return undefined;
    const result = read(value);
    if (result === undefined)
      this.refuse(`${at}/${name}`, `must be ${expected}; it is ${JSON.stringify(value)}`);
    return result;
  }

  refuse(location: string, problem: string): void {
    this.violations.push({ location, code: 'policy', message: `${location} ${problem}.` });
  }

  known(source: Record<string, unknown>, at: string, names: readonly string[]): void {
    for (const name of Object.keys(source)) {
      if (!names.includes(name)) this.refuse(`${at}/${name}`, `is not known; known are ${names.join(', ')}`);
    }
  }
}
