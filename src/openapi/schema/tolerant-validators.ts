import { SparringError, type Violation } from '../../errors.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import type { MessageDirection } from './direct-schema.ts';
import { createValidators, noViolations, type Validate, type Validators } from './validators.ts';

/** Validators of a document some of whose schemas may be of no use. */
export interface TolerantValidators extends Validators {
  /** What was wrong with schemas that were used so far, each with file, line and column. */
  faults(): readonly string[];
  /** Compiles all schemas of an operation's requests or answers, and says what is wrong with the first that is of no use. */
  faultOf(operation: Operation, direction: MessageDirection): string | undefined;
}

/** Validators to which a value is right wherever nobody can say what it should be: one bad schema spoils nothing else. */
export function createTolerantValidators(document: ApiDocument): TolerantValidators {
  const inner = createValidators(document);
  const messages = new Map<string, string>();
  const kept = new Map<string, Validate>();

  function validator(pointer: Pointer, direction: MessageDirection): Validate {
    const key = `${direction} ${pointer}`;
    const known = kept.get(key);
    if (known) return known;
    const strict = inner.validator(pointer, direction);
    const validate: Validate = (value, location) => tolerating(key, () => strict(value, location));
    kept.set(key, validate);
    return validate;
  }

  function tolerating(key: string, work: () => readonly Violation[]): readonly Violation[] {
    if (messages.has(key)) return noViolations;
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SparringError) || error.code !== 'document-invalid') throw error;
      messages.set(key, error.message.replace(/\.$/, ''));
      return noViolations;
    }
  }

  return {
    validator,
    validate: (pointer, value, direction, location) => validator(pointer, direction)(value, location),
    prepare: inner.prepare,
    prepareAtOnce: inner.prepareAtOnce,
    faults: () => [...new Set(messages.values())],
    faultOf(operation, direction) {
      for (const pointer of schemasOf(operation, direction)) {
        const key = `${direction} ${pointer}`;
        tolerating(key, () => {
          inner.prepareAtOnce(pointer, direction);
          return noViolations;
        });
        const message = messages.get(key);
        if (message !== undefined) return message;
      }
      return undefined;
    },
  };
}

function schemasOf(operation: Operation, direction: MessageDirection): readonly Pointer[] {
  const { parameters, requestBody, responses } = operation;
  const media =
    direction === 'request'
      ? [...parameters, ...(requestBody?.mediaTypes ?? [])]
      : responses.flatMap(({ headers, mediaTypes }) => [...headers, ...mediaTypes]);
  return media.flatMap(({ schema }) => schema ?? []);
}
