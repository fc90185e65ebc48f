import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ProviderContext } from '../../providers/model/provider.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { ServedApi } from '../model/served-api.ts';

/** What stands in for the outside world, and the record it is about. */
interface ControlCall {
  readonly collection: string;
  readonly id: string;
  readonly name: string;
  readonly body: unknown;
}

/**
 * Runs a control of an API as one unit of work and gives the record as it is afterwards.
 *
 * @throws SparringError `operation-not-found` for an unknown control, `record-not-found`, or what the control itself throws.
 */
export async function runControl(
  namespace: Namespace,
  api: ServedApi,
  call: ControlCall,
): Promise<StoredRecord> {
  const key = `${call.collection}.${call.name}`;
  const controls = api.provider?.controls ?? {};
  const control = Object.hasOwn(controls, key) ? controls[key] : undefined;
  if (!control) throw unknownControl(api.name, key, Object.keys(controls));
  return namespace.run(api.name, (unit) => {
    const record = unit.collection(call.collection).get(call.id);
    if (!record)
      throw new SparringError(
        'record-not-found',
        `${api.name} has no ${call.collection} record "${call.id}".`,
      );
    return control(contextOf(api, unit), record, call.body);
  });
}

/** What tasks and controls of an API get in a unit of work. */
export function contextOf(api: ServedApi, unit: UnitOfWork): ProviderContext {
  return { api: api.document, unit, settings: api.settings, tokens: api.tokens };
}

function unknownControl(api: string, key: string, known: readonly string[]): SparringError {
  const guess = nearest(key, known);
  return new SparringError('operation-not-found', `${api} has no control "${key}".`, {
    next: guess ? `Did you mean ${guess}?` : `Its controls: ${known.join(', ') || 'none'}.`,
  });
}
