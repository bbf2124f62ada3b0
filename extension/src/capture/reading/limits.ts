/** What reading a page may cost. Past a limit the page is read less finely, or less of it, and what is left out is counted. */
export const ReadingLimits = {
  /** Of a page, frames and shadow roots included. */
  nodes: 1_500_000,
  /** Elements nested deeper keep their text and lose their tags. */
  depth: 200,
  elements: 200_000,
  /** Frames in frames. */
  frames: 3,
  attributes: 24,
  attributeCharacters: 400,
  /** Readability and Defuddle take time that grows faster than the page: longer ones are read whole, or by an adapter. */
  readerElements: 30_000,
  readerCharacters: 1_500_000,
} as const;

/** Whether a page is short enough for the readers of any page. */
export const isReadable = ({
  elements,
  characters,
}: {
  readonly elements: number;
  readonly characters: number;
}): boolean => elements <= ReadingLimits.readerElements && characters <= ReadingLimits.readerCharacters;
