/** A format that a validator asserts. */
type OwnFormat = RegExp | { readonly type: 'number'; readonly validate: (value: number) => boolean };

/** Formats that the validator's own package reads otherwise than their definitions. */
export const ownFormats: Readonly<Record<string, OwnFormat>> = {
  // RFC 5321, section 2.3.5: a domain may be one label, such as localhost.
  email:
    /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)*$/i,
  // RFC 4648, sections 4 and 5; lines as MIME has them.
  byte: /^(?:(?:[A-Za-z0-9+/]{4}|[\r\n])*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?|[A-Za-z0-9_-]+={0,2})$/,
  int64: {
    type: 'number',
    validate: (value) => Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63,
  },
};
