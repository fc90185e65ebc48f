import { parseArgs } from 'node:util';
import { buggyReceiver, bugs, rightReceiver, subjects } from './corpus.ts';
import { secrets } from './providers.ts';
import { startReceiver } from './start-receiver.ts';

/**
 * A receiver as a process, to be killed and started again:
 * `node run-receiver.ts <subject or bug> [--port <number>] [--file <what it keeps>]`. Without a name it lists them all.
 * Tells `{ url, probeUrl, secret, subject }` on a line of JSON.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, file: { type: 'string' } },
});
const [name] = positionals;
const subject = subjects.find((candidate) => candidate === name);
const bug = bugs.find((candidate) => candidate.name === name);
const honoured = subject ?? bug?.subject;

if (honoured === undefined) {
  for (const right of subjects) process.stdout.write(`${right}\n`);
  for (const { name, bug, family, subject } of bugs)
    process.stdout.write(`${name}\t${subject}\t${family}\t${bug}\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const receiver = await startReceiver(bug ? buggyReceiver(bug) : rightReceiver(honoured), {
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.file === undefined ? {} : { file: values.file }),
  });
  const { url, probeUrl } = receiver;
  process.stdout.write(
    `${JSON.stringify({ url, probeUrl, secret: secrets[honoured], subject: honoured })}\n`,
  );
}
