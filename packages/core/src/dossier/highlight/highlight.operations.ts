import type * as Y from 'yjs';
import { z } from 'zod';
import { HighlightId, PieceId } from '../../kernel/ids.ts';
import { type Author, createRecord, defineOperation, recordOf, setField } from '../../kernel/operation.ts';
import { highlightsOf, piecesOf } from '../dossier.ts';
import { MAX_COMMENT_CHARACTERS } from './highlight.ts';
import { HighlightTarget } from './target.ts';

const Comment = z.string().trim().max(MAX_COMMENT_CHARACTERS);

/**
 * Highlights a passage of a piece's text.
 *
 * @param input - `target`: as `targetAt` makes it; `comment`: may be empty
 * @throws {Refusal} `invalid-input`, `not-found` for a piece that is not here, `already-exists`
 * @see SPEC.md H1, H3
 */
export const addHighlight = defineOperation(
  'dossier.addHighlight',
  z.strictObject({
    pieceId: PieceId,
    highlightId: HighlightId,
    target: HighlightTarget,
    comment: Comment.default(''),
  }),
  (doc, { pieceId, highlightId, target, comment }, author) => {
    recordOf(piecesOf(doc), pieceId);
    createRecord(highlightsOf(doc), highlightId, { pieceId, target, comment, by: author.by, at: author.at });
  },
  { takeBack: (doc, { highlightId }, author) => putInTrash(doc, highlightId, author) },
);

/** Writes, changes or empties a highlight's comment. @throws {Refusal} `invalid-input`, `not-found` */
export const commentHighlight = defineOperation(
  'dossier.commentHighlight',
  z.strictObject({ highlightId: HighlightId, comment: Comment }),
  (doc, { highlightId, comment }) => setField(recordOf(highlightsOf(doc), highlightId), 'comment', comment),
);

/** @throws {Refusal} `not-found` */
export const trashHighlight = defineOperation(
  'dossier.trashHighlight',
  z.strictObject({ highlightId: HighlightId }),
  (doc, { highlightId }, author) => putInTrash(doc, highlightId, author),
);

/** @throws {Refusal} `not-found` */
export const restoreHighlight = defineOperation(
  'dossier.restoreHighlight',
  z.strictObject({ highlightId: HighlightId }),
  (doc, { highlightId }) => setField(recordOf(highlightsOf(doc), highlightId), 'trashed', undefined),
);

function putInTrash(doc: Y.Doc, highlightId: HighlightId, author: Author): void {
  const highlight = recordOf(highlightsOf(doc), highlightId);
  if (!highlight.has('trashed')) highlight.set('trashed', { by: author.by, at: author.at });
}
