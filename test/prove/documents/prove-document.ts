import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonLines, startServer } from '../../commands/run-sparring.ts';
import { createFirst } from './create-first.ts';
import { type Expected, isRight } from './expected.ts';
import { createJudge, type Fault } from './judge-answer.ts';
import {
  type Credentials,
  type Json,
  type PlainDocument,
  type PlainOperation,
  readPlainDocument,
} from './plain-document.ts';
import { NoAnswer, sendOperation } from './send-operation.ts';
import { runToEnd } from './sparring-process.ts';

/** What one pass over all operations found. */
export interface Pass {
  /** Operations that were sent. */
  readonly sent: number;
  readonly valid: number;
  readonly notHollow: number;
  readonly faults: readonly (Fault & { readonly operation: string })[];
}

/** What the proof found about one document. */
export interface Finding {
  readonly name: string;
  readonly corpus: boolean;
  readonly operations: number;
  /** Why it did not start; undefined where it did. */
  readonly notStarted: string | undefined;
  readonly fresh: Pass;
  /** The second pass: each operation after what it speaks of was created. */
  readonly created: Pass;
  readonly inference: { readonly total: number; readonly wrong: readonly string[] };
  readonly test: {
    readonly code: number | null;
    readonly unseen: readonly string[];
    readonly failures: readonly string[];
    readonly said: string;
  };
  readonly seconds: number;
}

/** More than any document of the corpus needs; what has a thousand operations would take minutes. */
const mostCases = '3000';

const nothing: Pass = { sent: 0, valid: 0, notHollow: 0, faults: [] };

/** Serves a document, sends all its operations twice, compares what was inferred, and runs the tester on it. */
export async function proveDocument(
  { name, file, expected }: { name: string; file: string; expected: Expected | undefined },
  folder: string,
  credentials: Credentials,
): Promise<Finding> {
  const start = performance.now();
  const document = readPlainDocument(file, credentials);
  const served = await servedPasses(document, file, expected, folder);
  return {
    name,
    corpus: expected !== undefined,
    operations: document.operations.length,
    ...served,
    inference: await inferenceOf(file, expected, folder),
    test: await testOf(document, file, join(folder, `${name}.report.json`), folder),
    seconds: (performance.now() - start) / 1000,
  };
}

async function servedPasses(
  document: PlainDocument,
  file: string,
  expected: Expected | undefined,
  folder: string,
): Promise<Pick<Finding, 'notStarted' | 'fresh' | 'created'>> {
  let server: Awaited<ReturnType<typeof startServer>>;
  try {
    server = await startServer([file, '--quiet'], { cwd: folder });
  } catch (error) {
    return { notStarted: String(error).slice(0, 400), fresh: nothing, created: nothing };
  }
  try {
    const base = baseOf(server.output.stdout);
    const judge = createJudge(document);
    const creators = new Set(
      [...(expected ?? [])].filter(([, { action }]) => action === 'create').map(([id]) => id),
    );
    const fresh = await pass(document.operations, async (operation) => {
      const answer = await sendOperation(document, operation, base);
      return judge(operation, answer, expected?.get(operation.id)?.action === 'list');
    });
    // The first pass deleted and changed things: the second one makes its own, on the server as it is now.
    const created = await pass(document.operations, async (operation) => {
      const { known, id, failed } = await createFirst(document, operation, base, judge, creators);
      const answer = await sendOperation(document, operation, base, known);
      const fault = judge(operation, answer);
      if (fault)
        return failed.length === 0 ? fault : { ...fault, why: `${fault.why} (${failed} gave no id)` };
      const reads = expected?.get(operation.id)?.action === 'read';
      if (!reads || id === undefined || answer.text.includes(id)) return undefined;
      return { kind: 'hollow' as const, why: 'reads another record than the one created' };
    });
    return { notStarted: undefined, fresh, created };
  } finally {
    await server.stop();
  }
}

/** The base URL of the only API, as the line says that tells that all is ready. */
function baseOf(log: string): string {
  const ready: Json = jsonLines(log).find(({ event }) => event === 'ready');
  return ready.apis[0].url;
}

async function pass(
  operations: readonly PlainOperation[],
  send: (operation: PlainOperation) => Promise<Fault | undefined>,
): Promise<Pass> {
  const faults: (Fault & { operation: string })[] = [];
  for (const operation of operations) {
    let fault: Fault | undefined;
    try {
      fault = await send(operation);
    } catch (error) {
      // Only the wire may fail; a fault of this harness is none of the document's.
      if (!(error instanceof NoAnswer))
        throw new Error(`${operation.id} could not be sent.`, { cause: error });
      fault = { kind: 'status', why: error.message };
    }
    if (fault) faults.push({ ...fault, operation: operation.id });
  }
  const hollow = faults.filter(({ kind }) => kind === 'hollow').length;
  const { length: sent } = operations;
  return { sent, valid: sent - faults.length + hollow, notHollow: sent - faults.length, faults };
}

async function inferenceOf(
  file: string,
  expected: Expected | undefined,
  folder: string,
): Promise<Finding['inference']> {
  if (!expected) return { total: 0, wrong: [] };
  const { code, stdout, stderr } = await runToEnd(['explain', file, '--json'], folder);
  if (code !== 0)
    return { total: expected.size, wrong: [`explain ended with ${code}: ${stderr.slice(0, 200)}`] };
  const explained: Json = JSON.parse(stdout);
  const seen = new Map<string, Json>(explained.operations.map((one: Json) => [one.operation, one]));
  const wrong = [...expected].flatMap(([id, meant]) => {
    const said = seen.get(id);
    if (said && isRight(meant, said)) return [];
    const wanted = `${meant.action} ${meant.collection ?? ''}`.trim();
    return [`${id}: ${wanted}, not ${said ? `${said.action} ${said.resource}`.trim() : 'missing'}`];
  });
  return { total: expected.size, wrong };
}

async function testOf(
  document: PlainDocument,
  file: string,
  report: string,
  folder: string,
): Promise<Finding['test']> {
  const { code, stdout, stderr } = await runToEnd(
    ['test', file, '--max-cases', mostCases, '--reporter', `json=${report}`],
    folder,
  );
  const said = `${stdout}${stderr}`.slice(-400);
  if (code !== 0 && code !== 1)
    return { code, unseen: document.operations.map(({ id }) => id), failures: [], said };
  const { coverage, failures }: Json = JSON.parse(readFileSync(report, 'utf8'));
  const never: string[] = coverage.kinds
    .find(({ id }: Json) => id === 'statuses')
    .never.map(({ name }: Json) => name);
  const unseen = document.operations.filter(({ id, responses }) => {
    const success = [...responses.keys()].filter((status) => /^2/.test(status));
    return (success.length > 0 ? success : ['default']).every((status) => never.includes(`${id} ${status}`));
  });
  const failed = failures
    .filter(({ fatal }: Json) => fatal)
    .map(({ check, operation, seen }: Json) => `${check} ${operation}: ${String(seen).slice(0, 160)}`);
  return { code, unseen: unseen.map(({ id }) => id), failures: [...new Set<string>(failed)], said };
}
