import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SparringError } from '../../../errors.ts';
import { type AllowedTarget, createTargetGuard } from '../../../webhooks/target-guard.ts';

/** Milliseconds for a connection. */
const patience = 5000;

/**
 * The receiver at a URL, whose host is allowed by being named; connects once, and sends nothing.
 *
 * @throws SparringError `usage` for what is no URL of one; `target-unreachable`
 */
export async function reachReceiver(to: string): Promise<AllowedTarget> {
  const url = URL.parse(to);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SparringError('usage', `"${to}" is no URL of a receiver.`, {
      next: 'Give one such as http://localhost:3000/hooks.',
    });
  const target = await createTargetGuard({ allowHosts: [url.hostname] })(to);
  if (!target.allowed)
    throw new SparringError(target.code === 'dns' ? 'target-unreachable' : 'usage', target.reason);
  const problem = await connectionProblem(target);
  if (problem !== undefined)
    throw new SparringError('target-unreachable', `Nobody can be reached at ${to}: ${problem}.`, {
      next: 'Start the receiver first.',
    });
  return target;
}

/** Waits until somebody listens there again. Throws SparringError `usage` where nobody does. */
export async function awaitReceiver(target: AllowedTarget, flag: string): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < 2 * patience) {
    if ((await connectionProblem(target)) === undefined) return;
    await wait(50);
  }
  throw new SparringError('usage', `Nobody listens at ${target.url.href} after the command of ${flag}.`, {
    next: 'The command must kill the receiver and start it again at the same URL.',
  });
}

function connectionProblem({ addresses, url }: AllowedTarget): Promise<string | undefined> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return new Promise((resolve) => {
    const socket = connect({
      port,
      host: url.hostname,
      autoSelectFamily: true,
      lookup: (_name, { all }, done) => {
        if (all) done(null, [...addresses]);
        else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
      },
    });
    const end = (problem: string | undefined) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(patience, () => end('it does not answer'));
    socket.on('connect', () => end(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
