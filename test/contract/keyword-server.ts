import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import { type ContractOptions, runContract } from '../../src/contract/run/run-contract.ts';
import { createMock } from '../../src/index.ts';
import type { ApiDocument } from '../../src/openapi/document/document.ts';

/** Tests by one document a server that obeys another. */
export async function testServerOf(
  document: ApiDocument,
  obeyed: unknown,
  options: ContractOptions = {},
): Promise<RunReport> {
  const mock = await createMock({ apis: [{ name: document.name, document: obeyed }] });
  try {
    const transport = fetchTransport(
      (request) => mock.fetch(request),
      `http://sparring.localhost/${document.name}`,
    );
    return await runContract(document, transport, {
      phases: ['negatives'],
      workers: 4,
      shrink: false,
      ...options,
    });
  } finally {
    await mock.close();
  }
}

/** The rules whose breach did not end in a refusal though the document asks for one, such as `body/name minLength`. */
export function letPass({ runs, verdicts }: RunReport): readonly string[] {
  const failed = new Set(verdicts.filter(({ fatal }) => fatal).map((verdict) => verdict.case));
  return runs.flatMap((run) => {
    const broken = run.case.steps[0]?.broken;
    return failed.has(run.case.id) ? [`${broken?.location} ${broken?.keyword}`] : [];
  });
}
