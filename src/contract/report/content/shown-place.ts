import { relative } from 'node:path';
import type { Position } from '../../../openapi/document/document.ts';

/** A file's name for people: relative to the folder; `<inline>` stays. */
export function shownFile(file: string, folder: string): string {
  return file.startsWith('<') ? file : relative(folder, file);
}

/** `openapi/hive.yaml:120:7` */
export function shownPlace({ column, file, line }: Position, folder: string): string {
  return `${shownFile(file, folder)}:${line}:${column}`;
}
