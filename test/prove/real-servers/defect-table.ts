import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';

/**
 * A place where a server breaks its own document, or HTTP (RFC 9110). Each was seen with curl, whatever a tester says of it.
 * A refusal with a status that the document declares, of a value that no schema rules out, is none.
 */
export interface Defect {
  readonly id: string;
  /** Each operation that has it, by its operationId. */
  readonly operations: readonly string[];
  /** The checks of which any should find it. */
  readonly checks: readonly string[];
  /** Where a finding must be, when other findings of the same check are no sign of it. */
  readonly location?: RegExp;
  /** What a finding must have seen, likewise. */
  readonly seen?: RegExp;
  /** The status that a finding must be about, likewise. */
  readonly status?: number;
  readonly rule: string;
  readonly curl: string;
  /** What curl showed. */
  readonly answer: string;
  /** Why a good tester may miss it; it is then not counted as missed. */
  readonly uncounted?: string;
}

/** A failed verdict as the JSON report has it. */
export interface Failure {
  readonly operation: string;
  readonly check: string;
  readonly case: string;
  readonly grade: string;
  /** Whether it fails the run. */
  readonly fatal: boolean;
  readonly expected?: string;
  readonly seen?: string;
  readonly location?: string;
  /** The status of the answer. */
  readonly answer?: number;
  readonly curl?: string;
}

/** All defects known of a server. */
export interface DefectTable {
  /** Name and version of the server that they were seen at. */
  readonly server: string;
  readonly defects: readonly Defect[];
}

/** Reads `<name>.defects.yaml` beside this file. Throws when a row lacks what it must say. */
export async function readDefects(name: string): Promise<DefectTable> {
  const { server, defects } = JSON.parse(
    JSON.stringify(load(await readFile(new URL(`${name}.defects.yaml`, import.meta.url), 'utf8'))),
  );
  return { server: String(server), defects: defects.map(defectOf) };
}

function defectOf({ location, seen, status, ...row }: Record<string, string>): Defect {
  const { id, operations, checks, rule, curl, answer, uncounted } = row;
  if (!id || !rule || !curl || !answer || !Array.isArray(operations) || !Array.isArray(checks))
    throw new Error(
      `A defect must have id, operations, checks, rule, curl and answer: ${JSON.stringify(row)}`,
    );
  return {
    ...{ id, operations, checks, rule, curl, answer },
    ...(uncounted && { uncounted }),
    ...(location && { location: new RegExp(location) }),
    ...(seen && { seen: new RegExp(seen) }),
    ...(status && { status: Number(status) }),
  };
}

/** Whether a failure is a sign of a defect. */
export function isSignOf(failure: Failure, { checks, location, operations, seen, status }: Defect): boolean {
  return (
    operations.includes(failure.operation) &&
    checks.includes(failure.check) &&
    (!location || location.test(failure.location ?? '')) &&
    (!seen || seen.test(failure.seen ?? '')) &&
    (status === undefined || status === failure.answer)
  );
}
