import { styleText } from 'node:util';
import type { ReportContext } from './report-context.ts';

export type Paint = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Text in a style where colours are wanted. */
export function paint({ color }: ReportContext, style: Paint, text: string): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}
