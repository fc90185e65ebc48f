import { styleText } from 'node:util';

/** Rows under a dim head line, columns two spaces apart, as plain text. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  indent = '',
): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `${indent}${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [styleText('dim', line(head), { stream: process.stdout }), ...rows.map(line)].join('\n');
}
