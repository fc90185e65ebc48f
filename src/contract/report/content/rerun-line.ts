import { shellWord } from '../../../shell-word.ts';
import type { ReportContext } from './report-context.ts';

/** A command that runs one case again, with all that it needs. Undefined where no command ran it. */
export function rerunLine(caseId: string, { command }: Pick<ReportContext, 'command'>): string | undefined {
  return command === undefined ? undefined : `${command} --only ${shellWord(caseId)}`;
}
