import type { AdditionalMethod, Method } from './document.ts';

/** The fixed fields of a path item that hold operations. */
export const methods: readonly Method[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
];

/** Whether a method is written as those of `additionalOperations` are. */
export function isAdditionalMethod(name: string): name is AdditionalMethod {
  return /^[A-Z][A-Z-]*$/.test(name);
}
