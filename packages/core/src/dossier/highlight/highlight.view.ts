import { compare } from '../../kernel/rank.ts';
import { defineRecordsView } from '../../kernel/recordsView.ts';
import { highlightsOf } from '../dossier.ts';
import { Highlight } from './highlight.ts';

/** By piece, in the order of its text, then id. */
const inOrder = (a: Highlight, b: Highlight): number =>
  compare(a.pieceId, b.pieceId) || a.target.position.start - b.target.position.start || compare(a.id, b.id);

/** The highlights of all pieces of a dossier. */
export const highlightsView = defineRecordsView({
  records: highlightsOf,
  schema: Highlight,
  order: inOrder,
  keep: ({ trashed }) => trashed === null,
});

/** The highlights in the trash. */
export const trashedHighlightsView = defineRecordsView({
  records: highlightsOf,
  schema: Highlight,
  order: inOrder,
  keep: ({ trashed }) => trashed !== null,
});
