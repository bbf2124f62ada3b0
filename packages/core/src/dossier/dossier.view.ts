import * as Y from 'yjs';
import { metaOf } from '../kernel/document.ts';
import type { NoteId, PieceId, Randomness } from '../kernel/ids.ts';
import { compare, type Rank, rankAt } from '../kernel/rank.ts';
import { defineRecordsView, fieldsOf } from '../kernel/recordsView.ts';
import { defineView } from '../kernel/view.ts';
import { Dossier, Note, notesOf, piecesOf } from './dossier.ts';
import { Piece } from './piece.ts';
import { PieceText } from './text.ts';

/** `absent`: this device holds nothing of it yet. `unreadable`: written by a newer or broken version. */
export type DossierState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'readable'; readonly dossier: Dossier };

/** What the document says of the dossier itself. */
export const dossierView = defineView({
  watch: (doc) => [metaOf(doc)],
  read: (doc): DossierState => {
    const meta = metaOf(doc);
    if (!meta.has('kind')) return { kind: 'absent' };
    const parsed = Dossier.safeParse(fieldsOf(meta, Object.keys(Dossier.shape)));
    return parsed.success ? { kind: 'readable', dossier: parsed.data } : { kind: 'unreadable' };
  },
});

/** By rank, then id: two people may insert at one rank at once, and every replica must agree. */
const inOrder = (a: Ranked, b: Ranked): number => compare(a.rank, b.rank) || compare(a.id, b.id);

interface Ranked {
  readonly id: string;
  readonly rank: Rank;
}

const kept = (record: { readonly trashed: unknown }): boolean => record.trashed === null;
const inTrash = (record: { readonly trashed: unknown }): boolean => record.trashed !== null;

/** The bordereau: the pieces in order, a piece's number being its position from 1. Their texts are not read. */
export const piecesView = defineRecordsView({ records: piecesOf, schema: Piece, order: inOrder, keep: kept });

/** The rank after the last piece of the bordereau. */
export const endOfSlip = (doc: Y.Doc, random: Randomness): Rank =>
  rankAt(piecesView(doc).getSnapshot().items, Number.POSITIVE_INFINITY, random);

/** The pieces in the trash. */
export const trashedPiecesView = defineRecordsView({
  records: piecesOf,
  schema: Piece,
  order: inOrder,
  keep: inTrash,
});

/** The notes in order. Their bodies are never read here: a keystroke in one changes nothing in this view. */
export const notesView = defineRecordsView({ records: notesOf, schema: Note, order: inOrder, keep: kept });

/** The notes in the trash. */
export const trashedNotesView = defineRecordsView({ records: notesOf, schema: Note, order: inOrder, keep: inTrash });

/** A piece's text, which is written once with the piece; null when there is no such piece or it cannot be read. */
export function pieceText(doc: Y.Doc, pieceId: PieceId): PieceText | null {
  const piece = piecesOf(doc).get(pieceId);
  if (!(piece instanceof Y.Map)) return null;
  return PieceText.safeParse(piece.get('text')).data ?? null;
}

/** A note's body, for the editor; null when there is no such note. */
export function noteBody(doc: Y.Doc, noteId: NoteId): Y.XmlFragment | null {
  const note = notesOf(doc).get(noteId);
  const body = note instanceof Y.Map ? note.get('body') : undefined;
  return body instanceof Y.XmlFragment ? body : null;
}
