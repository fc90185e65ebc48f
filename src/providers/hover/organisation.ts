/** The organisation of the page's sample, which everything belongs to here. */
export const organisation = 492_855;
