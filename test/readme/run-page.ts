import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, commandsOf, root } from './pages.ts';

const node = JSON.stringify(process.execPath);
const cli = JSON.stringify(join(root, 'src/cli.ts'));

/** What became of a page's lines. */
export interface PageRun {
  readonly code: number | null;
  /** What the commands printed, each below its line; the last is the one that failed, if one did. */
  readonly transcript: string;
}

/**
 * Runs the `sh` blocks of a page as a newcomer would, in one shell and a folder of the page's own, in which the files are that its
 * blocks name. A `sparring serve` runs on behind the lines below it, until the next one takes its place; so does what a line starts
 * with `&`, which is taken for a receiver. Ports 4010 and 3000 are free ones here, so that pages run beside each other.
 */
export async function runPage(blocks: readonly Block[]): Promise<PageRun> {
  const folder = await mkdtemp(join(tmpdir(), 'sparring-page-'));
  const [server, receiver] = await Promise.all([freePort(), freePort()]);
  const placed = (text: string) => text.replace(/\b4010\b/g, `${server}`).replace(/\b3000\b/g, `${receiver}`);
  try {
    await fill(folder, blocks, placed);
    await writeFile(join(folder, '.page.sh'), scriptOf(blocks, { server, receiver }, placed));
    return await runScript(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The page's files, and the packages that a project of its reader would have. */
async function fill(
  folder: string,
  blocks: readonly Block[],
  placed: (text: string) => string,
): Promise<void> {
  const packages = join(folder, 'node_modules');
  await mkdir(join(packages, 'sparring'), { recursive: true });
  await mkdir(join(folder, '.bin'));
  await Promise.all([
    symlink(process.execPath, join(folder, '.bin/node')),
    writeFile(join(folder, '.bin/sparring'), `#!/bin/sh\nexec ${node} ${cli} "$@"\n`, { mode: 0o755 }),
    symlink(join(root, 'node_modules/express'), join(packages, 'express')),
    writeFile(join(folder, 'package.json'), '{"type":"module"}'),
    writeFile(join(folder, '.bin/npm'), '#!/bin/sh\nshift 3\nexec sparring "$@"\n', { mode: 0o755 }),
    writeFile(join(packages, 'sparring/package.json'), '{"type":"module","exports":"./index.js"}'),
    writeFile(
      join(packages, 'sparring/index.js'),
      `export * from ${JSON.stringify(join(root, 'src/index.ts'))};\n`,
    ),
    ...blocks.flatMap(({ fileName, text }) =>
      fileName === undefined ? [] : [writeFile(join(folder, fileName), placed(text))],
    ),
  ]);
}

interface Ports {
  readonly server: number;
  readonly receiver: number;
}

/** The functions stand for the commands of the same names: they run them as the page says, and look at what comes of it. */
function scriptOf(
  blocks: readonly Block[],
  { server, receiver }: Ports,
  placed: (text: string) => string,
): string {
  const lines = [
    'exec 2>&1',
    'set -o pipefail',
    'SERVING= BEHIND=',
    'curl() { command curl --silent --show-error --max-time 20 --dump-header .headers "$@" || return; grep -a ^HTTP/ .headers >> .statuses; }',
    'sparring() { case "$1" in',
    '  serve) serve "$@" ;;',
    `  deliveries|resend) ${node} ${cli} "$@" --server http://127.0.0.1:${server} ;;`,
    `  *) ${node} ${cli} "$@" ;; esac; }`,
    'npm() { case "$1" in',
    '  ci) ;;',
    '  start) serve serve ;;',
    '  run) if [ "$2" = sparring ]; then shift 3; sparring "$@"; else script "$2"; fi ;;',
    '  *) script "$1" ;; esac; }',
    // Scripts are not run here: the suite would run itself. They must be there.
    `script() { grep -q "\\"$1\\": " ${JSON.stringify(join(root, 'package.json'))} || { echo "There is no script $1."; return 1; }; }`,
    `ready() { for i in $(seq 400); do (exec 3<>/dev/tcp/127.0.0.1/$1) 2>/dev/null && return; kill -0 $2 2>/dev/null || return 1; sleep 0.05; done; return 1; }`,
    'serve() {',
    '  if [ -n "$SERVING" ]; then kill $SERVING; wait $SERVING; fi',
    `  ${node} ${cli} "$@" --port ${server} & SERVING=$!; ready ${server} $SERVING || { wait $SERVING; return; }; }`,
    'check() { local code=$1 wanted=$2 status=$3 seen bad=',
    '  [ $code = $wanted ] || bad="ended with $code"',
    '  for seen in $(grep -ao " [1-5][0-9][0-9]" .statuses 2>/dev/null); do',
    '    if [ -n "$status" ]; then [ $seen = $status ] || bad="was answered $seen"; elif [ $seen -ge 400 ]; then bad="was answered $seen"; fi; done',
    '  [ -z "$bad" ] || { echo; echo "This line $bad."; exit 1; }; }',
  ];
  for (const block of blocks.filter(({ language, mark }) => language === 'sh' && mark === '')) {
    for (const { exitCode, line, status, text } of commandsOf(block)) {
      const isBehind = / &$/.test(text);
      lines.push(`echo ${quoted(`\n${block.page}:${line}: ${text}`)}`, 'rm -f .statuses');
      // What is left running is a receiver, which the next line wants to find; it takes the place of the one before it.
      if (isBehind) lines.push('if [ -n "$BEHIND" ]; then kill $BEHIND; wait $BEHIND; fi');
      // Not by way of the functions below, whose shell would be ended in its place.
      lines.push(isBehind ? `exec ${placed(text)}` : placed(text));
      if (isBehind) lines.push(`BEHIND=$!; ready ${receiver} $BEHIND`);
      lines.push(`check $? ${exitCode} ${status ?? ''}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function runScript(folder: string): Promise<PageRun> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SPARRING_|NO_COLOR|FORCE_COLOR|NODE_|VITEST|CI$|GITHUB_)/.test(name),
  );
  // A group of its own, so that all that the page has started ends with it.
  const shell = spawn('bash', ['.page.sh'], {
    cwd: folder,
    detached: true,
    env: { ...Object.fromEntries(inherited), PATH: `${join(folder, '.bin')}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let transcript = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (transcript += text));
  const late = setTimeout(() => endGroup(shell.pid), 80_000);
  const closed = once(shell, 'close');
  const [code] = await once(shell, 'exit');
  clearTimeout(late);
  endGroup(shell.pid);
  await closed;
  return { code, transcript };
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All have ended.
  }
}

/** A port below those that the system gives out by itself, so that nobody takes it before the page does. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen(port, '127.0.0.1');
    await listening;
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
