/** What the last column of a wrapped row has at least; where less is left, the whole row is wrapped. */
const narrowest = 24;
const indent = '  ';

/**
 * Rows as lines, columns two spaces apart. A row longer than `width` goes on under its last column, or where that leaves it
 * little room, indented under its beginning; words are never cut.
 */
export function wrapRows(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const line = `${indent}${cells.join('  ')}`.trimEnd();
    if (line.length <= width) return [line];
    const last = row.length - 1;
    const start = indent.length + widths.slice(0, last).reduce((sum, each) => sum + each + 2, 0);
    const isRoomy = width - start >= narrowest;
    const head = isRoomy ? line.slice(0, start) : indent;
    const words = isRoomy ? (row[last] ?? '') : row.filter((cell) => cell !== '').join('  ');
    return wrapWords(head, words, isRoomy ? start : indent.length * 3, width);
  });
}

/** `head` and then the words, on as many lines as it takes; further lines begin at column `start`. */
function wrapWords(head: string, text: string, start: number, width: number): string[] {
  const lines: string[] = [];
  let line = head;
  let isFresh = true;
  for (const [, gap = '', word = ''] of text.matchAll(/(\s*)(\S+)/g)) {
    const longer = isFresh ? line + word : line + gap + word;
    if (isFresh || longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = ' '.repeat(start) + word;
    }
    isFresh = false;
  }
  return [...lines, line];
}
