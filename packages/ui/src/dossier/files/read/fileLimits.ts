/** What is read of a file at most. Past a limit its text is cut or not read, and its bytes are kept all the same. */
export const FileLimits = {
  /** Of the text, as `TextLimits` of the domain allow it with room to spare. */
  characters: 4_000_000,
  blocks: 50_000,
  pages: 3_000,
  /** Of one part of an archive, unpacked, and of all that are unpacked. */
  unpackedBytes: 64 * 1024 * 1024,
  /** How many times larger a part may get: honest XML gets some 20 times larger, one made to fill memory 1,000 times. */
  swelling: 200,
  /** Smaller parts swell as they like. */
  swellingFromBytes: 1024 * 1024,
  entries: 10_000,
  attachments: 200,
  /** Nested deeper, an XML text only plays with whoever reads it. */
  depth: 256,
} as const;
