import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciTransport } from '../../../src/contract/execute/transport/undici-transport.ts';
import { formatVitest } from '../../../src/contract/report/vitest.ts';
import { runContract } from '../../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { notesApp } from '../notes-app.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const file = `.vitest/emitted-${process.pid}/failures.test.ts`;
const servers: Server[] = [];

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** A notes server that deletes nothing, though it says so. */
function brokenNotes(): RequestListener {
  const { app } = notesApp();
  return (request, response) => {
    if (request.method === 'DELETE') response.writeHead(204).end();
    else app(request, response);
  };
}

beforeAll(() => mkdir(`${root}${file}`.replace(/\/[^/]*$/, ''), { recursive: true }));
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(`${root}${file}`.replace(/\/[^/]*$/, ''), { recursive: true, force: true });
});

describe('emitted tests', () => {
  it('fail on the server that they are of, and pass on one that is mended', async () => {
    const broken = await serve(brokenNotes());
    const mended = await serve(notesApp().app);
    const transport = await undiciTransport(broken);
    const only = ['createNote/sequences', 'readNote/examples'];
    const report = await runContract(await loadDocument('test/contract/notes.yaml'), transport, { only });
    await transport.close();
    expect(report.counts.fatal).toBeGreaterThan(0);
    const text = formatVitest(report, {
      folder: root,
      tested: { api: 'test/contract/notes.yaml', url: broken },
    });
    await writeFile(`${root}${file}`, text);

    const output = await runVitest({ EMITTED_TEST: file, BROKEN_URL: broken, MENDED_URL: mended });
    expect(output).toMatch(/× \|broken\| .*deleted-gone/);
    expect(output).toMatch(/✓ \|mended\| .*deleted-gone/);
    expect(output).not.toMatch(/× \|mended\|/);
  });

  it('say in their comments what is wrong, and keep them in their line', async () => {
    const transport = await undiciTransport(await serve(brokenNotes()));
    const report = await runContract(await loadDocument('test/contract/notes.yaml'), transport, {
      only: ['createNote/sequences'],
    });
    await transport.close();
    const verdicts = report.verdicts.map((verdict) =>
      verdict.evidence
        ? { ...verdict, evidence: { ...verdict.evidence, seen: 'a\nprocess.exit()\u2028//' } }
        : verdict,
    );
    const text = formatVitest({ ...report, verdicts }, { folder: root });
    expect(text).toContain('// Seen: a process.exit() //\n');
    expect(text).toMatch(/^\/\/ The document says so at test\/contract\/notes\.yaml:\d+:\d+\.$/m);
  });
});

function runVitest(environment: Readonly<Record<string, string>>): Promise<string> {
  const args = ['run', '--config', 'test/contract/report/emitted/vitest.config.ts', '--reporter', 'verbose'];
  const env = { ...process.env, ...environment, NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', ...args],
      { cwd: root, env },
      (_, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}
