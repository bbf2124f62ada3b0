const SHORT_DIGITS = 16;

/** The beginning of a hash in groups of four, to be compared by eye; the whole one stands in the export. */
export const shortHash = (hash: string): string => `${hash.slice(0, SHORT_DIGITS).replace(/.{4}(?=.)/g, '$&\u00a0')}…`;
