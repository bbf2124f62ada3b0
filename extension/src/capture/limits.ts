/** What a capture keeps at most. Past a limit the page degrades, and what is missing is counted; it never fails whole. */
export const CaptureLimits = {
  blocks: 50_000,
  blockCharacters: 100_000,
  textCharacters: 4_000_000,
  /** Of the snapshot, in UTF-16 units: one message between contexts carries 64 MiB at most. */
  snapshotCharacters: 20_000_000,
  imageBytes: 2 * 1024 * 1024,
  /** All images of one page together, before base64 makes a third more of them. */
  imagesBytes: 9 * 1024 * 1024,
  /** Time that reading images and style sheets over the network may take, in all. */
  fetchMs: 4_000,
  styleSheetCharacters: 2_000_000,
  /** Elements nested deeper keep their text and lose their tags: parsers stop nesting at 512 themselves. */
  depth: 400,
} as const;
