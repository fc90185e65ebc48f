import { parseArgs } from 'node:util';
import { buggyReceiver, bugs, rightReceiver, subjects } from './corpus.ts';
import {
  handshakeBugs,
  handshakeListener,
  handshakeSecrets,
  handshakes,
  rightHandshake,
} from './handshakes.ts';
import { secrets } from './providers.ts';
import { listen, startReceiver } from './start-receiver.ts';

/**
 * A receiver as a process, to be killed and started again:
 * `node run-receiver.ts <subject, handshake or bug> [--port <number>] [--file <what it keeps>]`. Without a name it lists them
 * all. Tells `{ url, probeUrl, secret, subject }` on a line of JSON; a handshake's receiver keeps nothing and has no probe.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, file: { type: 'string' } },
});
const [name] = positionals;
const subject = subjects.find((candidate) => candidate === name);
const bug = bugs.find((candidate) => candidate.name === name);
const honoured = subject ?? bug?.subject;
const handshake = handshakes.find((candidate) => candidate === name);
const handshakeBug = handshakeBugs.find((candidate) => candidate.name === name);
const asked = handshake ?? handshakeBug?.handshake;
const port = values.port === undefined ? 0 : Number(values.port);

if (honoured !== undefined) {
  const { url, probeUrl } = await startReceiver(bug ? buggyReceiver(bug) : rightReceiver(honoured), {
    port,
    ...(values.file === undefined ? {} : { file: values.file }),
  });
  process.stdout.write(
    `${JSON.stringify({ url, probeUrl, secret: secrets[honoured], subject: honoured })}\n`,
  );
} else if (asked !== undefined) {
  const listener = handshakeBug ? handshakeListener(handshakeBug.answer) : rightHandshake(asked);
  const url = `${(await listen(listener, port)).origin}/hooks`;
  process.stdout.write(`${JSON.stringify({ url, secret: handshakeSecrets[asked], subject: asked })}\n`);
} else {
  for (const right of [...subjects, ...handshakes]) process.stdout.write(`${right}\n`);
  for (const { name, bug, family, subject } of bugs)
    process.stdout.write(`${name}\t${subject}\t${family}\t${bug}\n`);
  for (const { name, bug, handshake } of handshakeBugs)
    process.stdout.write(`${name}\t${handshake}\thandshake\t${bug}\n`);
  process.exitCode = name === undefined ? 0 : 2;
}
