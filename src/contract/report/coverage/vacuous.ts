import { childOf } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import type { ListShape } from '../../../openapi/infer/infer-list.ts';
import { inferResources } from '../../../openapi/infer/infer-resources.ts';
import { checks } from '../../checks/index.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { RunReport } from '../../model/run-report.ts';

/** Something that passed, or looks as if it had, though there was nothing to judge. */
export interface Vacuous {
  /** `check`: it judged nothing; `operation`: nothing of it was judged; `list`: it was always empty; `filter`: it never had anything to keep or leave out. */
  readonly kind: 'check' | 'operation' | 'list' | 'filter';
  /** `listCustomers query/email` */
  readonly name: string;
  /** A clause without a full stop. */
  readonly reason: string;
}

type Judged = Pick<RunReport, 'runs' | 'verdicts'>;

/** Names what says nothing about the server, although it did not fail. */
export function vacuousOf(document: ApiDocument, report: Judged): readonly Vacuous[] {
  return [...silentChecks(report), ...silentOperations(document, report), ...emptyLists(document, report)];
}

function silentChecks({ verdicts }: Judged): readonly Vacuous[] {
  const spoke = new Set(verdicts.map(({ check }) => check));
  return checks.flatMap(({ id }) =>
    spoke.has(id)
      ? []
      : [{ kind: 'check' as const, name: id, reason: 'had nothing to judge on any operation' }],
  );
}

function silentOperations(document: ApiDocument, { verdicts }: Judged): readonly Vacuous[] {
  const judged = new Set(verdicts.map(({ operation }) => operation));
  return document.operations.flatMap(({ id }) =>
    judged.has(id) ? [] : [{ kind: 'operation' as const, name: id, reason: 'nothing of it was judged' }],
  );
}

function emptyLists(document: ApiDocument, { runs }: Judged): readonly Vacuous[] {
  const model = inferResources(document);
  const exchanges = runs.flatMap((run) => run.exchanges);
  return document.operations.flatMap((operation) => {
    const list = model.actionOf(operation)?.list;
    if (!list) return [];
    const answered = exchanges.filter(
      (exchange) => exchange.operation === operation && itemsOf(exchange, list) !== undefined,
    );
    if (answered.length === 0) return [];
    if (answered.every((exchange) => itemsOf(exchange, list)?.length === 0)) {
      const reason = 'every list that it answered was empty, so that nothing was seen of its items';
      return [{ kind: 'list' as const, name: operation.id, reason }];
    }
    return list.filters.flatMap(({ name }) => idleFilter(operation.id, name, answered, list));
  });
}

function idleFilter(
  operation: string,
  filter: string,
  answered: readonly CaseExchange[],
  list: ListShape,
): readonly Vacuous[] {
  const used = answered.filter(({ sent }) => sent.query[filter] !== undefined);
  const name = `${operation} query/${filter}`;
  if (used.length === 0)
    return [{ kind: 'filter', name, reason: 'it was never used in a request that succeeded' }];
  return used.every((exchange) => itemsOf(exchange, list)?.length === 0)
    ? [{ kind: 'filter', name, reason: 'whatever it was set to, the list was empty' }]
    : [];
}

function itemsOf({ response }: CaseExchange, { itemsAt }: ListShape): readonly unknown[] | undefined {
  if (!response?.json || response.status >= 300) return undefined;
  const items = itemsAt.reduce<unknown>(childOf, response.json.value);
  return Array.isArray(items) ? items : undefined;
}
