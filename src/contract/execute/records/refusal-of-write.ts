import type { Step } from '../../model/step.ts';
import { isReference } from '../../plan/requests/request-templates.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';

/**
 * Why a write would touch what the run did not make; undefined where it does not. No flag changes it: what was there before is
 * left alone.
 *
 * @param about the record that the step is about, where the run knows of one
 */
export function refusalOfWrite(
  environment: Environment,
  step: Pick<Step, 'broken' | 'expect' | 'operation' | 'request'>,
  about: BoundRecord | undefined,
): string | undefined {
  const { controls, manners } = environment;
  if (controls) return undefined;
  const mayCreate = isDeletableCreation(environment, step);
  if (about && !about.owned && !mayCreate) return notOwned(about);
  if (about || manners.isOwnServer) return undefined;
  if (step.expect === 'method-refused')
    return 'nobody knows what a method that is not declared would do to a whole collection';
  const unknown = Object.entries(step.request.path).filter(([, value]) => !isReference(value));
  if (unknown.length === 0 || mayCreate || step.expect === 'absent') return undefined;
  // An id that breaks its own rules is nobody's; that of a document's example may name somebody's record.
  const isNobodys = unknown.some(([name]) => step.broken?.location.startsWith(`path/${name}`));
  return isNobodys ? undefined : 'the record that it would change is not one that the run created';
}

export function notOwned({ collection }: Pick<BoundRecord, 'collection'>): string {
  return `the run did not create this one of ${collection}`;
}

/** To add a record to what was there, and to take it away again, changes nothing of it. */
export function isDeletableCreation(
  { context }: Environment,
  { operation, request }: Pick<Step, 'operation' | 'request'>,
): boolean {
  const role = context.collections.roleOf(operation);
  return role?.role === 'create' && role.collection.delete !== undefined && request.method === 'POST';
}
