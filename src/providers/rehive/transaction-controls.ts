import { SparringError } from '../../errors.ts';
import type { Control } from '../model/provider.ts';

/** A transaction goes from Initiating, by way of Quoted or Pending, to one of these. */
const final: readonly unknown[] = ['Complete', 'Failed'];

function becomes(status: 'Pending' | 'Complete' | 'Failed'): Control {
  return ({ unit }, { id, value }) => {
    if (final.includes(value.status) || value.status === status) {
      throw new SparringError('conflict', `The transaction is ${value.status} already.`, {
        next: 'Take another, or change its status through /_sparring/state/rehive/transactions.',
      });
    }
    const executed = final.includes(status) ? { executed: unit.now } : {};
    return unit.collection('transactions').replace(id, { ...value, status, ...executed, updated: unit.now });
  };
}

export const initiateTransaction: Control = becomes('Pending');
export const completeTransaction: Control = becomes('Complete');
export const failTransaction: Control = becomes('Failed');
