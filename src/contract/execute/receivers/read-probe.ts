import { setTimeout as wait } from 'node:timers/promises';
import { SparringError } from '../../../errors.ts';
import type { ProbeReading } from '../../model/receiver-run.ts';
import { runShellCommand } from './run-shell-command.ts';

/** Milliseconds: how long a change is waited for, and between two readings. */
const patience = 1500;
const pause = 40;
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

async function ask(probe: string): Promise<string> {
  if (!/^https?:\/\//.test(probe)) return runShellCommand(probe, '--probe');
  try {
    const response = await fetch(probe);
    if (response.ok) return await response.text();
    throw new Error(`it answered ${response.status}`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it cannot be reached';
    throw new SparringError('usage', `The probe ${probe} tells nothing: ${why}.`, {
      next: 'It must answer GET with 200 and JSON: what the receiver has done so far.',
      cause,
    });
  }
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
