import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const noPage: Check = {
  id: 'no-page',
  grade: 'convention',
  rule: 'A success is not a page of HTML, which as a rule is of something that stands before the receiver.',
  blindTo: 'Pages that do not look like such.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'event').flatMap((delivered) => {
      const { response } = delivered.exchange;
      if (!response || !delivered.succeeded) return [];
      const isPage =
        /text\/html/i.test(response.headers['content-type'] ?? '') && response.text.trim() !== ''
          ? /<[a-z!]/i.test(response.text)
          : /<!doctype|<html/i.test(response.text);
      if (!isPage) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: 'no page', location: 'body' })];
    }),
};
