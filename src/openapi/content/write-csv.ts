import { isObject } from '../../json/is-object.ts';

/**
 * A list of objects as CSV (RFC 4180) with a header line; the list may stand in an envelope, a single object is one line. What is
 * nested in a row is written as JSON.
 */
export function writeCsv(value: unknown): string {
  const rows = rowsOf(value);
  const columns = [...new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))];
  if (columns.length === 0)
    return rows.map((row) => `${lineOf(Array.isArray(row) ? row : [row])}\r\n`).join('');
  const lines = rows.map((row) => columns.map((column) => (isObject(row) ? row[column] : undefined)));
  return [columns, ...lines].map((cells) => `${lineOf(cells)}\r\n`).join('');
}

function rowsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [value];
  const lists = Object.values(value).filter((part) => Array.isArray(part) && part.some(isObject));
  const [only] = lists;
  return lists.length === 1 && Array.isArray(only) ? only : [value];
}

function lineOf(cells: readonly unknown[]): string {
  return cells.map(cellOf).join(',');
}

function cellOf(value: unknown): string {
  const text =
    value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
