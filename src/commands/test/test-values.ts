import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { TestConfig } from '../common/config-file.ts';

/**
 * Values that only a person knows: those of the configuration, from where it says, and over them those of `--set`.
 *
 * @throws SparringError `usage` for a flag without a value, `config-invalid` for a variable, file or command that gives none
 */
export function testValuesOf(
  { set = [] }: { readonly set?: readonly string[] },
  { values = {} }: TestConfig,
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, unknown>> {
  const known = Object.entries(values).map(
    ([key, value]) => [key, valueFrom(key, value, environment)] as const,
  );
  const given = set.map((text) => {
    const at = text.indexOf('=');
    if (at > 0) return [text.slice(0, at).trim(), readJsonOrText(text.slice(at + 1))] as const;
    throw new SparringError('usage', `"${text}" sets nothing.`, {
      next: 'Write it as --set createOrder.body.customerId=42.',
    });
  });
  return Object.fromEntries([...known, ...given]);
}

/** JSON where it is any, else the text itself. */
function readJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function valueFrom(key: string, value: unknown, environment: NodeJS.ProcessEnv): unknown {
  const [[source, from] = ['', undefined], ...others] = isObject(value) ? Object.entries(value) : [];
  if (typeof from !== 'string' || others.length > 0) return value;
  if (source === 'env') {
    const found = environment[from];
    if (found === undefined || found === '') throw noValue(key, `the variable ${from} is not set`);
    return readJsonOrText(found);
  }
  if (source === 'file')
    return readJsonOrText(readOr(key, `the file ${from} cannot be read`, () => readFileSync(from, 'utf8')));
  if (source === 'command') {
    const run = () =>
      execFileSync('/bin/sh', ['-c', from], {
        encoding: 'utf8',
        timeout: 30_000,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    return readJsonOrText(readOr(key, `the command "${from}" failed`, run));
  }
  return value;
}

function readOr(key: string, why: string, read: () => string): string {
  try {
    return read().trim();
  } catch (cause) {
    throw noValue(key, why, cause);
  }
}

function noValue(key: string, why: string, cause?: unknown): SparringError {
  return new SparringError(
    'config-invalid',
    `There is no value for ${key}: ${why}.`,
    cause === undefined ? {} : { cause },
  );
}
