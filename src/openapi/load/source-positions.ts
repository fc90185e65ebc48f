import { createRequire } from 'node:module';
import type { Node } from 'yaml';
import { keysOf, type Pointer } from '../../json/json-pointer.ts';
import type { Position } from '../document/document.ts';
import type { Source } from './source.ts';

/** Where a node of a source stands; of a member, where its key stands. */
export type Locate = (pointer: Pointer) => Position | undefined;

/**
 * Parses a source again with positions on first use: the parser that keeps them costs several times what the fast one
 * does, and only messages need them. Where nothing stands at a pointer, the nearest place above it answers.
 */
export function createSourcePositions(source: Source): Locate {
  let locate: Locate | undefined;
  return (pointer) => {
    locate ??= parsePositions(source);
    return locate(pointer);
  };
}

function parsePositions({ file, text }: Source): Locate {
  if (text === undefined) return () => undefined;
  // Required rather than imported since whoever asks for a position is in the middle of throwing.
  const yaml: typeof import('yaml') = createRequire(import.meta.url)('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'silent' });

  return (pointer) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const key of keysOf(pointer) ?? []) {
      if (yaml.isAlias(node)) node = node.resolve(document);
      const step = stepTo(yaml, node, key);
      if (!step) break;
      node = step.node;
      offset = step.offset;
    }
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
}

function stepTo(
  yaml: typeof import('yaml'),
  node: unknown,
  key: string,
): { node: unknown; offset: number } | undefined {
  if (yaml.isMap(node)) {
    const pair = node.items.find((item) => yaml.isScalar(item.key) && String(item.key.value) === key);
    return pair && yaml.isScalar(pair.key) ? { node: pair.value, offset: startOf(pair.key) } : undefined;
  }
  if (!yaml.isSeq(node)) return undefined;
  const item = node.items[Number(key)];
  return yaml.isNode(item) ? { node: item, offset: startOf(item) } : undefined;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
