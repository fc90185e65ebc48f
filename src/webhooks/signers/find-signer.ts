import { SparringError } from '../../errors.ts';
import { signers } from './index.ts';
import type { Signer } from './signer.ts';

/** The signer of that name. Throws `usage` for a name nobody registered. */
export function findSigner(scheme: string): Signer {
  const signer = Object.hasOwn(signers, scheme) ? signers[scheme] : undefined;
  if (signer) return signer;
  throw new SparringError('usage', `There is no signature scheme "${scheme}".`, {
    next: `Use one of ${Object.keys(signers).join(', ')}.`,
  });
}
