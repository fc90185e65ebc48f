import { type DataFileContent, type Entries, type Entry, inOrder } from './content.ts';
import { listDeliveries } from './stored-deliveries.ts';

/** Holds a text only as long as somebody holds the value it was made from. */
const textOfValue = new WeakMap<object, string>();

/**
 * The file's text: two-space JSON, records in order of creation. They stand in arrays, because an object's keys that look
 * like integers would lose that order, and because a repeated id can be seen and refused. The text of what did not change
 * is kept, and all is joined once: copying a text of megabytes costs more than anything else here.
 */
export function renderContent({
  clock,
  deliveries,
  ordinals,
  records,
  revision,
  settings,
  events,
}: DataFileContent): string {
  const filled = [...records].filter(([, entries]) => entries.size > 0);
  const parts = [`{\n  "sparring": 1,\n  "revision": ${revision},\n`];
  if (clock !== undefined) parts.push(`  "clock": ${JSON.stringify(clock)},\n`);
  parts.push('  "ordinals": {');
  pushItems(parts, '  ', ordinals, ([key, next]) => parts.push(`    ${JSON.stringify(key)}: ${next}`));
  parts.push('},\n  "records": {');
  pushItems(parts, '  ', filled, ([key, entries]) => pushCollection(parts, key, entries));
  parts.push('},\n  "events": [');
  pushItems(parts, '  ', events, (event) => parts.push(renderValue(event, '    ')));
  for (const [name, entries] of Object.entries<readonly object[]>(listDeliveries(deliveries))) {
    parts.push(`],\n  "${name}": [`);
    pushItems(parts, '  ', entries, (entry) => parts.push(renderValue(entry, '    ')));
  }
  parts.push(']');
  if (settings.size > 0) {
    parts.push(',\n  "settings": {');
    pushItems(parts, '  ', settings, ([name, value]) =>
      parts.push(`    ${JSON.stringify(name)}: ${renderValue(value, '    ').trimStart()}`),
    );
    parts.push('}');
  }
  parts.push('\n}\n');
  return parts.join('');
}

/** A record, event, delivery or attempt as it stands in the file, indented. Equal texts mean equal values. */
export function renderValue(value: object, indent = '      '): string {
  let text = textOfValue.get(value);
  if (text === undefined) {
    // Safe on the text: a JSON string never holds a raw line break.
    text = `\n${JSON.stringify(value, null, 2)}`.replaceAll('\n', `\n${indent}`).slice(1);
    textOfValue.set(value, text);
  }
  return text;
}

export function isSameEntry(left: Entry | undefined, right: Entry | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left === right || renderValue(left) === renderValue(right);
}

function pushCollection(parts: string[], key: string, entries: Entries): void {
  parts.push(`    ${JSON.stringify(key)}: [`);
  pushItems(parts, '    ', inOrder(entries), (entry) => parts.push(renderValue(entry)));
  parts.push(']');
}

/** Each item on lines of its own, with commas between; nothing at all for none, so that an empty list is `[]`. */
function pushItems<Item>(
  parts: string[],
  closingIndent: string,
  items: Iterable<Item>,
  push: (item: Item) => void,
): void {
  let separator = '\n';
  for (const item of items) {
    parts.push(separator);
    push(item);
    separator = ',\n';
  }
  if (separator !== '\n') parts.push(`\n${closingIndent}`);
}
