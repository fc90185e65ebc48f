import { parseDuration } from '../duration.ts';
import { SparringError } from '../errors.ts';
import { nearest } from '../json/nearest.ts';
import type { ApiDocument } from '../openapi/document/document.ts';
import type { SettingExtension } from '../openapi/document/extension.ts';
import type { SettingValue } from '../providers/model/provider.ts';

/**
 * The settings of an API: the document's defaults under the given overrides, durations in milliseconds.
 *
 * @throws SparringError `config-invalid` for an unknown name or a value of the wrong type.
 */
export function readSettings(
  document: ApiDocument,
  overrides: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, SettingValue>> {
  const declared = document.extension.settings ?? {};
  for (const name of Object.keys(overrides)) {
    if (!Object.hasOwn(declared, name)) throw unknownSetting(document.name, name, Object.keys(declared));
  }
  const entries = Object.entries(declared).map(([name, setting]) => {
    const given = Object.hasOwn(overrides, name) ? overrides[name] : setting.default;
    return [name, settingValue(`${document.name}.${name}`, setting, given)] as const;
  });
  return Object.fromEntries(entries);
}

function settingValue(name: string, setting: SettingExtension, given: unknown): SettingValue {
  if (given === null) return null;
  const value = typeof given === 'string' && setting.type !== 'string' ? fromText(setting, given) : given;
  if (setting.type === 'duration' && typeof value === 'number' && value >= 0) return value;
  if (setting.type === 'string' && typeof value === 'string' && (setting.enum?.includes(value) ?? true))
    return value;
  if (setting.type === 'boolean' && typeof value === 'boolean') return value;
  if (setting.type === 'number' && typeof value === 'number' && Number.isFinite(value)) return value;
  if (setting.type === 'integer' && typeof value === 'number' && Number.isInteger(value)) return value;
  const expected = setting.enum ? `one of ${setting.enum.join(', ')}` : setting.type;
  throw new SparringError(
    'config-invalid',
    `The setting ${name} takes ${expected}, not ${JSON.stringify(given)}.`,
  );
}

function fromText(setting: SettingExtension, text: string): unknown {
  if (setting.type === 'duration') return parseDuration(text);
  if (setting.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text.trim() === '' ? text : Number(text);
}

function unknownSetting(api: string, name: string, known: readonly string[]): SparringError {
  const guess = nearest(name, known);
  return new SparringError('config-invalid', `${api} has no setting "${name}".`, {
    next: guess ? `Did you mean ${api}.${guess}?` : `Its settings: ${known.join(', ') || 'none'}.`,
  });
}
