import type { Command } from 'commander';
import { inferResources } from '../../openapi/infer/infer-resources.ts';
import { loadProvider } from '../../providers/index.ts';
import { loadApi } from '../common/load-api.ts';
import { print } from '../common/print.ts';
import { explainDocument, formatExplanation } from './explain-document.ts';

/** `sparring explain <api>`: which operation does what to which resource, and what is told to whom. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('Show what each operation of a document does to which resource, and why')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document')
    .option('--json', 'print JSON')
    .action(async (api: string, options: { json?: boolean }) => {
      const document = await loadApi(api);
      const provider = await loadProvider(document.name);
      const explanation = explainDocument(
        document,
        inferResources(document),
        Object.keys(provider?.behaviours ?? {}),
      );
      if (options.json) print(JSON.stringify(explanation, null, 2));
      else {
        const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
        print(formatExplanation(explanation, { color, width: process.stdout.columns ?? 120 }));
      }
    });
}
