import { families, type Mutation } from '../../mutation/mutants/mutant.ts';
import type { WitnessRequest } from '../../mutation/mutants/script.ts';
import { type Mutant, type MutantResult, score } from '../../mutation/run-mutants.ts';
import type { Survey } from '../../mutation/survey.ts';
import { shellQuoted } from '../../shell-word.ts';
import { formatTable } from '../common/format-table.ts';

/** What a run over mutants was about. */
export interface MutationRun {
  readonly api: string;
  readonly title: string;
  readonly suite: string;
  readonly seed: number;
  readonly survey: Survey;
  readonly results: readonly MutantResult[];
}

/** Which mutants were caught, by family; the survivors with what is known of why; what could not be tried. */
export function formatMutants(run: MutationRun): string {
  const { results, seed, suite, title } = run;
  const survivors = results.filter(({ fate }) => fate === 'survived');
  const idle = results.filter(({ fate }) => fate === 'not applicable').length;
  const rows = [...families.filter((family) => score(results, [family]).applicable > 0), undefined].map(
    (family) => {
      const { applicable, caught, share } = score(results, family ? [family] : families);
      return [family ?? 'all', String(caught), String(applicable), percent(share)];
    },
  );
  return [
    `${title}, mutants seen by ${suite}, seed ${seed}`,
    '',
    formatTable(['Family', 'Caught', 'Applicable', 'Share'], rows, '  '),
    '',
    ...(survivors.length === 0 ? ['No mutant survived.'] : [`${survivors.length} survived:`, '']),
    ...survivors.flatMap(survivorLines),
    ...notTried(run, idle),
  ].join('\n');
}

function survivorLines({ because, mutant: { id, operator } }: MutantResult): readonly string[] {
  return [`  ${id} (${operator.family})`, `    ${operator.fault}`, `    Why: ${because}`, ''];
}

function notTried({ survey: { silent, unknown } }: MutationRun, idle: number): readonly string[] {
  const lines = [
    ...(idle > 0 ? [`${idle} do not apply: their witness is answered as by a healthy mock.`] : []),
    ...(unknown.length > 0
      ? [
          `No mutants of ${unknown.map(({ id }) => id).join(', ')}: no request of theirs was found that is granted.`,
        ]
      : []),
    ...(silent.length > 0 ? [`No mutants of ${silent.join(', ')}: nothing was found that causes them.`] : []),
  ];
  return lines;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** Mutants with their faults and the requests that show them, without running anything. */
export function formatMutantList(mutants: readonly Mutant[], origin: string): string {
  return mutants
    .map(({ id, mutation, operator }) =>
      [`${id} (${operator.family})`, `  ${operator.fault}`, ...witnessLines(mutation, origin)].join('\n'),
    )
    .join('\n\n');
}

function witnessLines({ witness }: Mutation, origin: string): readonly string[] {
  return witness.map((request) => `  ${curlOf(request, origin)}`);
}

/** A witness's request as a command; its credentials are the mock's own, and no secret. */
function curlOf({ body, headers, method, path }: WitnessRequest, origin: string): string {
  const fields = Object.entries(headers).filter(
    ([name]) => !['content-length', 'sparring-namespace'].includes(name),
  );
  return [
    `curl -i -X ${method}`,
    ...fields.map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-binary ${shellQuoted(body)}`]),
    shellQuoted(`${origin}${path}`),
  ].join(' ');
}

/** The list for programs. */
export function mutantListJson(mutants: readonly Mutant[]): string {
  const value = mutants.map(({ id, mutation: { place, witness }, operator }) => ({
    id,
    operator: operator.id,
    family: operator.family,
    place,
    fault: operator.fault,
    witness,
  }));
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The report for programs. */
export function mutantsJson(run: MutationRun): string {
  const { api, results, seed, suite, survey } = run;
  const value = {
    api,
    suite,
    seed,
    families: Object.fromEntries(families.map((family) => [family, score(results, [family])])),
    all: score(results, families),
    mutants: results.map(({ because, fate, mutant: { id, mutation, operator } }) => ({
      id,
      operator: operator.id,
      family: operator.family,
      place: mutation.place,
      fault: operator.fault,
      fate,
      because,
      witness: mutation.witness,
    })),
    unknown: survey.unknown.map(({ id }) => id),
    silent: survey.silent,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
