import type { Storage } from '../model/storage.ts';

/** Storage that keeps nothing beyond the process: state lives in the namespaces alone, and commits resolve at once. */
export function createMemoryStorage(): Storage {
  return {
    load: async () => [],
    commit: async () => undefined,
    keeps: () => false,
    close: async () => undefined,
  };
}
