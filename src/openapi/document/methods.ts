import type { Method } from './document.ts';

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
];
