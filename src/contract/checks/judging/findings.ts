import type { Pointer } from '../../../json/json-pointer.ts';
import { isNamed, isSecretCode, isSecretFieldName } from '../../../json/secret-names.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { CaseExchange, ReceivedResponse } from '../../model/exchange.ts';
import type { Finding } from '../../model/finding.ts';
import type { Grade } from '../../model/grade.ts';

/** An exchange of a case's own that was answered, and its index. */
export interface AnsweredStep {
  readonly exchange: CaseExchange;
  readonly response: ReceivedResponse;
  readonly index: number;
}

export function answeredSteps({ exchanges }: CaseRun): readonly AnsweredStep[] {
  return exchanges.flatMap((exchange, index) =>
    exchange.role === 'step' && exchange.response ? [{ exchange, response: exchange.response, index }] : [],
  );
}

/** @param chain the pointers that lead to the fact, outermost first */
export function passedFinding(index: number, chain: readonly Pointer[]): Finding {
  return { outcome: 'passed', exchange: index, facts: [chain] };
}

interface Failure {
  readonly expected: string;
  readonly seen: string;
  readonly location?: string;
  readonly grade?: Grade;
}

export function failedFinding(index: number, chain: readonly Pointer[], failure: Failure): Finding {
  const { expected, grade, location, seen } = failure;
  return {
    outcome: 'failed',
    exchange: index,
    facts: [chain],
    ...(grade !== undefined && { grade }),
    evidence: {
      expected,
      seen,
      pointer: chain.at(-1) ?? '#',
      exchange: index,
      ...(location !== undefined && { location }),
    },
  };
}

/** Whether HTTP rather than the operation answers: to a method that it is not, or for want of a media type that was asked for. */
export function isOfProtocol(
  { expect }: Pick<CaseExchange, 'expect'>,
  { status }: ReceivedResponse,
): boolean {
  return expect === 'method-refused' || status === 406;
}

const property = /"([\w.[\] -]{1,200})"(\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/g;

/** JSON text without the values of fields whose names say that they are secret, and of `marked`: names in lower case. */
export function withoutSecrets(text: string, marked: ReadonlySet<string> = new Set()): string {
  return text.replaceAll(property, (all: string, name: string, colon: string, value: string) => {
    const plain = value.startsWith('"') ? value.slice(1, -1) : value;
    const isSecret = isSecretFieldName(name) || isNamed(name, marked) || isSecretCode(name, plain, false);
    return isSecret ? `"${name}"${colon}"…"` : all;
  });
}

/** The start of an answer's body, for reports. */
export function excerpt({ status, text }: ReceivedResponse): string {
  const body = withoutSecrets(text).replaceAll(/\s+/g, ' ').trim();
  return body === ''
    ? `${status} without a body`
    : `${status} ${body.slice(0, 200)}${body.length > 200 ? '…' : ''}`;
}
