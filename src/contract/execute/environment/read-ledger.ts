import { SparringError } from '../../../errors.ts';
import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { LedgerEntry } from './ledger.ts';

/**
 * The lines of a ledger. A last line that was cut off while it was written is left out: what it speaks of was not sent.
 *
 * @throws SparringError `usage` for what is no ledger
 */
export function readLedger(text: string, file: string): readonly LedgerEntry[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const entry = readLine(line);
    if (entry) return [entry];
    if (index === lines.length - 1) return [];
    throw new SparringError('usage', `Line ${index + 1} of ${file} is no line of a ledger.`, {
      next: 'Give the ledger that sparring test wrote, a file under .sparring/ unless --ledger named it.',
    });
  });
}

const required: Readonly<Record<LedgerEntry['kind'], readonly string[]>> = {
  run: ['api', 'file', 'target'],
  intent: ['operation', 'method', 'path'],
  before: ['collection'],
  settled: [],
  created: ['collection', 'id'],
  deleted: ['collection', 'id'],
};

function readLine(line: string): LedgerEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is LedgerEntry {
  if (!isObject(value) || !isKind(value.kind)) return false;
  return required[value.kind].every((name) => typeof value[name] === 'string') && hasParts(value);
}

function isKind(kind: unknown): kind is LedgerEntry['kind'] {
  return typeof kind === 'string' && Object.hasOwn(required, kind);
}

function hasParts({ creation, ids, kind, parameters, path }: JsonObject): boolean {
  if (kind === 'before') return Array.isArray(ids) && isObject(parameters);
  if (kind === 'created') return isObject(path);
  if (kind === 'settled') return typeof creation === 'number';
  if (kind !== 'intent' || creation === undefined) return true;
  return isObject(creation) && isObject(creation.fields) && isObject(creation.parameters);
}
