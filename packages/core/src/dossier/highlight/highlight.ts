import { z } from 'zod';
import { AccountId, HighlightId, PieceId } from '../../kernel/ids.ts';
import { Trashed } from '../../kernel/trashed.ts';
import { HighlightTarget } from './target.ts';

/** As long as a page of comment. */
export const MAX_COMMENT_CHARACTERS = 5_000;

/** A passage of a piece's text. `comment`: plain text; empty for a highlight alone. `at`: ms. */
export const Highlight = z.object({
  id: HighlightId,
  pieceId: PieceId,
  target: HighlightTarget,
  comment: z.string().max(MAX_COMMENT_CHARACTERS),
  by: AccountId,
  at: z.number(),
  trashed: Trashed.default(null),
});
export type Highlight = z.infer<typeof Highlight>;
