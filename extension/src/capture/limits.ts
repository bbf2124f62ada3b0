/** What a capture keeps at most. Past a limit the page degrades, and what is missing is counted; it never fails whole. */
export const CaptureLimits = {
  blocks: 50_000,
  blockCharacters: 100_000,
  textCharacters: 4_000_000,
  /** Of one document's markup, in UTF-16 units. */
  documentCharacters: 20_000_000,
  /** Of one image or font. */
  resourceBytes: 20 * 1024 * 1024,
  /** All resources together: past it fonts go, then the largest images. */
  softBytes: 25 * 1024 * 1024,
  /** Markup, style sheets and resources together. */
  hardBytes: 100 * 1024 * 1024,
  /** Smaller resources stand in the markup: a blob of their own would cost more than it shares. */
  inlineBytes: 1024,
  /** Time that reading images, fonts and style sheets may take, in all. */
  fetchMs: 4_000,
  /** Time that an origin which has said nothing yet has for its first answer. */
  answerMs: 800,
  /** Time that writing the markup may take: the page stands still meanwhile. */
  passMs: 5_000,
  /** Time that frames which still load are waited for. */
  framesMs: 500,
  /** Time that scrolling through a page may take, for what waits to be seen. */
  scrollMs: 700,
  frames: 60,
  /** Frames within frames. */
  frameDepth: 6,
  /** Of one document's style sheets together. */
  styleSheetCharacters: 4_000_000,
  /** Elements nested deeper keep their text and lose their tags: parsers stop nesting at 512 themselves. */
  depth: 400,
} as const;
