/** A text whose lone surrogates (halves of characters, which pages contain) are replaced by U+FFFD, as UTF-8 encoders do. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Whether a text holds no half of a character. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
