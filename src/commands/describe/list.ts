import type { Command } from 'commander';
import { bundledApis } from '../../openapi/load/bundled-apis.ts';
import { loadDocument } from '../../openapi/load/load-document.ts';
import { formatTable } from '../common/format-table.ts';
import { print } from '../common/print.ts';

/** `sparring list`: the APIs that come with Sparring. */
export function addList(program: Command): void {
  program
    .command('list')
    .description('List the bundled APIs')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const documents = await Promise.all(bundledApis().map(({ file }) => loadDocument(file)));
      const rows = documents.map(({ name, title, version, operations, root }) => ({
        name,
        title,
        version,
        operations: operations.length,
        webhooks: Object.keys(root.webhooks ?? {}).length,
      }));
      if (options.json) print(JSON.stringify(rows, null, 2));
      else {
        const cells = rows.map((row) => [
          row.name,
          row.title,
          row.version,
          `${row.operations}`,
          `${row.webhooks}`,
        ]);
        print(formatTable(['API', 'Title', 'Version', 'Operations', 'Webhooks'], cells));
      }
    });
}
