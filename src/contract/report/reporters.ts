import type { Reporter } from './content/report-context.ts';

/** All reporters, each loaded when it is asked for. */
export const reporters = {
  terminal: async () => (await import('./terminal/terminal.ts')).formatTerminal,
  json: async () => (await import('./json.ts')).formatJson,
  junit: async () => (await import('./junit.ts')).formatJunit,
  html: async () => (await import('./html/html.ts')).formatHtml,
  sarif: async () => (await import('./sarif.ts')).formatSarif,
  vitest: async () => (await import('./vitest.ts')).formatVitest,
  github: async () => (await import('./github.ts')).formatGithub,
} satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type ReporterName = keyof typeof reporters;

export function isReporter(name: string): name is ReporterName {
  return Object.hasOwn(reporters, name);
}
