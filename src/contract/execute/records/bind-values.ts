import { evaluateExpression } from '../../../openapi/expressions/runtime-expression.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { Step } from '../../model/step.ts';
import type { BoundRecord } from '../environment/environment.ts';
import { succeeded } from './send-request.ts';

/** Makes a record, which the run owns where it created it, of what runtime expressions find in an exchange; texts that are none stand for themselves. */
export function bindValues(
  bindings: Map<string, BoundRecord>,
  { name, values }: NonNullable<Step['binds']>,
  exchange: CaseExchange,
): void {
  if (!succeeded(exchange)) return;
  const { request, response, sent } = exchange;
  const context = {
    url: request.url,
    method: request.method,
    statusCode: response?.status,
    request: { headers: request.headers, query: sent.query, path: sent.path, body: sent.body?.value },
    response: { headers: response?.headers, body: response?.json?.value },
  };
  const record = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' && value.startsWith('$') ? evaluateExpression(value, context) : value,
    ]),
  );
  bindings.set(name, {
    collection: '',
    id: '',
    record,
    path: {},
    owned: exchange.step?.saveAs !== undefined,
  });
}
