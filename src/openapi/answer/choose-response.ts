import type { Operation, ResponseDefinition } from '../document/document.ts';
import { findResponse } from '../document/find-response.ts';

/** A declared answer, and the status it is given. */
export interface ChosenResponse {
  readonly status: number;
  /** Undefined where a document says nothing of an operation's success. */
  readonly response: ResponseDefinition | undefined;
}

/**
 * The answer to a valid request: of the wanted status, else the lowest success, else `default`, else the lowest redirection.
 *
 * @returns undefined where the wanted status is not declared
 */
export function chooseResponse(operation: Operation, code: number | undefined): ChosenResponse | undefined {
  const { responses } = operation;
  if (code !== undefined) {
    const response = findResponse(operation, code);
    return response && { status: atLeast200(code), response };
  }
  const lowest = (kind: RegExp) =>
    responses
      .filter(({ status }) => kind.test(status))
      .sort((one, other) => (one.status < other.status ? -1 : 1))[0];
  const response =
    lowest(/^2(?:\d\d|XX)$/) ?? lowest(/^default$/) ?? lowest(/^3(?:\d\d|XX)$/) ?? lowest(/^1(?:\d\d|XX)$/);
  if (!response) return { status: 200, response: undefined };
  const status = response.status === 'default' ? 200 : Number(response.status.replace('XX', '00'));
  return { status: atLeast200(status), response };
}

/** An interim status (RFC 9110, section 15.2) announces an answer, and cannot be one. */
function atLeast200(status: number): number {
  return status < 200 ? 200 : status;
}
