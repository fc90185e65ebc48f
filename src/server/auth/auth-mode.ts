/**
 * Which credentials let in: `strict`, the exact ones alone; `lenient`, any that are well-formed (none at all is 401); `off`, nothing
 * is asked for.
 */
export type AuthMode = (typeof authModes)[number];

export const authModes = ['strict', 'lenient', 'off'] as const;
