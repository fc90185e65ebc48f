import type { Signer } from './signer.ts';

/** No proof at all: signs nothing, and accepts anything. */
export const noneSigner: Signer = {
  check() {},
  sign() {
    return {};
  },
  verify() {
    return { valid: true, secretIndex: 0 };
  },
};
