import { isObject } from '../../../json/is-object.ts';
import type { Check } from '../../model/check.ts';
import type { ReceivedResponse } from '../../model/exchange.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const successWithoutError: Check = {
  id: 'success-without-error',
  grade: 'convention',
  rule: 'A success does not carry an error in its body: its provider reads the status alone, and never tries again.',
  blindTo: 'Errors that are told in other words.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'event').flatMap((delivered) => {
      const { response } = delivered.exchange;
      if (!response || !delivered.succeeded) return [];
      if (!tellsError(response)) return [receiverFinding(delivered)];
      return [
        receiverFinding(delivered, { expected: 'no error in the body of a success', location: 'body' }),
      ];
    }),
};

function tellsError({ json, text }: ReceivedResponse): boolean {
  if (json && isObject(json.value)) {
    const { error, errors, ok, success, status } = json.value;
    const isError = (value: unknown) =>
      value !== undefined && value !== null && value !== false && value !== '';
    const some = Array.isArray(errors) ? errors.length > 0 : isError(errors);
    return isError(error) || some || ok === false || success === false || status === 'error';
  }
  return /^\s*(?:error|exception|fatal)\b/i.test(text) || /\b\w*(?:Error|Exception): /.test(text);
}
