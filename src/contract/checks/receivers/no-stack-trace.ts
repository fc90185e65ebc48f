import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

/** How runtimes write a frame: JavaScript and Java, Python, Go, .NET, PHP, Ruby. */
const frames = [
  /\n\s+at .+[:(].+\d+\)?/,
  /Traceback \(most recent call last\)/,
  /\n\s*File ".+", line \d+/,
  /goroutine \d+ \[/,
  /\n\s+at .+ in .+:line \d+/,
  /\n#\d+ .+\(\d+\): /,
  /\n\s*from .+:\d+:in /,
];

export const noStackTrace: Check = {
  id: 'no-stack-trace',
  grade: 'convention',
  rule: 'No answer shows a stack trace, which tells strangers how the receiver is made.',
  blindTo: 'Traces that are written in other ways.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run).flatMap((delivered) => {
      const { response } = delivered.exchange;
      if (!response) return [];
      if (!frames.some((frame) => frame.test(response.text.replaceAll('\\n', '\n'))))
        return [receiverFinding(delivered)];
      const failure = { expected: 'no stack trace', location: 'body', grade: 'convention' } as const;
      return [receiverFinding(delivered, failure)];
    }),
};
