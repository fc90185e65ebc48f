import type { Namespace } from '../../state/namespace.ts';
import type { ServedApi } from '../model/served-api.ts';
import { contextOf } from './run-control.ts';

/** Lets the providers' tasks run when they fall due on the namespace's clock. A task whose handler is gone is dropped. */
export function runTasks(apis: ReadonlyMap<string, ServedApi>, namespace: Namespace): void {
  namespace.onTask((name, { task }, unit, record) => {
    const api = apis.get(name);
    const handler = api?.provider?.tasks?.[task];
    return api && handler?.(contextOf(api, unit), record);
  });
}
