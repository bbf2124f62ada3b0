import { z } from 'zod';

/** Characters kept on either side of a passage, to tell it from others with the same words. */
export const CONTEXT_CHARACTERS = 32;
/** A longer passage is a piece of its own: a selection. */
export const MAX_QUOTE_CHARACTERS = 20_000;

/**
 * Where a highlight is, in the W3C Web Annotation's terms. `quote`: a TextQuoteSelector. `position`: a TextPositionSelector over
 * `projectText`, in UTF-16 code units. `path`: the legal path, as `legalPaths` writes it; null outside any article.
 *
 * `source`: what the passage was told from in the text it was made in, so that another text never passes for it. `digest`: of that whole text.
 * `rival`: how many characters of context the likest other occurrence of the same words shared there; null when there was no other.
 * `aloneInPath`: whether the words stood there once at that path.
 */
export const HighlightTarget = z.object({
  quote: z.object({
    exact: z.string().min(1).max(MAX_QUOTE_CHARACTERS),
    prefix: z.string().max(CONTEXT_CHARACTERS),
    suffix: z.string().max(CONTEXT_CHARACTERS),
  }),
  position: z.object({ start: z.int().min(0), end: z.int().min(1) }),
  path: z.array(z.string().max(120)).min(1).max(8).nullable(),
  source: z.object({
    digest: z.string().regex(/^[0-9a-f]{16}$/),
    rival: z.int().min(0).nullable(),
    aloneInPath: z.boolean(),
  }),
});
export type HighlightTarget = z.infer<typeof HighlightTarget>;

/** A stretch of a projected text: `start` to `end`, the latter excluded. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}
