import { InvalidArgumentError } from 'commander';
import { SparringError } from '../../errors.ts';
import type { TestConfig } from '../common/config-file.ts';
import { durationValue } from '../common/flag-values.ts';
import { readPhases, type TestFlags } from './test-flags.ts';
import { type ReporterFlag, readTestReporterFlag } from './test-reporter-flag.ts';

/**
 * What the configuration says of `sparring test`, as its flags would; credentials are looked up elsewhere.
 *
 * @throws SparringError `config-invalid`
 */
export function testSettingsOf(config: TestConfig): TestFlags {
  const {
    apiKeys,
    basic,
    bearer,
    headers,
    maxTime,
    phases,
    receiverWait,
    reporters,
    schemes,
    timeout,
    ...same
  } = config;
  return readable(() => ({
    ...same,
    ...(phases && { phases: readPhases(phases.join(',')) }),
    ...(maxTime !== undefined && { maxTime: durationValue(maxTime) }),
    ...(timeout !== undefined && { timeout: durationValue(timeout) }),
    ...(receiverWait !== undefined && { receiverWait: durationValue(receiverWait) }),
    ...(reporters && {
      reporter: reporters.reduce<readonly ReporterFlag[]>((all, text) => readTestReporterFlag(text, all), []),
    }),
  }));
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause;
    throw new SparringError('config-invalid', `The configuration's section "test": ${cause.message}`, {
      cause,
    });
  }
}
