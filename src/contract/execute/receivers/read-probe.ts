import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { SparringError } from '../../../errors.ts';
import type { ProbeReading } from '../../model/receiver-run.ts';
import { runShellCommand } from './run-shell-command.ts';

/** Milliseconds: how long a change is waited for, and between two readings. */
const patience = 1500;
const pause = 40;
const answerTime = 5000;
const restartTime = 10_000;
/** A probe that never stands still is taken as it is. */
const mostReadings = 5;

/**
 * What a receiver keeps, by the user's own command or URL, once two readings in a row are the same.
 *
 * @param before where a change is expected: what was told before it
 * @throws SparringError `usage` for what is no JSON, or cannot be asked
 */
export async function readProbe(probe: string, before?: ProbeReading): Promise<ProbeReading> {
  const started = performance.now();
  let text = await ask(probe);
  while (text === before?.text && performance.now() - started < patience) {
    await wait(pause);
    text = await ask(probe);
  }
  for (let count = 0; count < mostReadings; count += 1) {
    await wait(pause);
    const next = await ask(probe);
    if (next === text) break;
    text = next;
  }
  return { text, json: parsed(text, probe) };
}

/** Waits until a receiver that was started again tells something: what was killed may still take connections for a moment. */
export async function awaitProbe(probe: string): Promise<void> {
  const started = performance.now();
  for (;;) {
    try {
      await ask(probe);
      return;
    } catch (error) {
      if (performance.now() - started > restartTime) throw error;
      await wait(pause);
    }
  }
}

async function ask(probe: string): Promise<string> {
  if (!/^https?:\/\//.test(probe)) return runShellCommand(probe, '--probe');
  try {
    return await get(probe);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it cannot be reached';
    throw new SparringError('usage', `The probe ${probe} tells nothing: ${why}.`, {
      next: 'It must answer GET with 200 and JSON: what the receiver has done so far.',
      cause,
    });
  }
}

/** Over a connection of its own, since the receiver may have been started again. */
async function get(url: string): Promise<string> {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const sent = send(url, { agent: false, timeout: answerTime });
  sent.on('timeout', () => sent.destroy(new Error('it does not answer'))).end();
  const [answer] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  if (answer.statusCode !== 200) throw new Error(`it answered ${answer.statusCode}`);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string, probe: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SparringError('usage', `The probe ${probe} does not tell JSON.`, {
      next: 'Let it print or answer one JSON value: what the receiver has done so far.',
      cause,
    });
  }
}
