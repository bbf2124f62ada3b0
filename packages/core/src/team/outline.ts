import type * as Y from 'yjs';
import { boardView } from '../board/index.ts';
import { noteBody, notesView, piecesView, slipLines } from '../dossier/index.ts';
import { agendaView, itemBody } from '../meeting/index.ts';
import { plainText } from './plainText.ts';
import type { VersionedKind } from './versions.ts';

/** One thing of a document, to be read. `number`: its place on the bordereau or the agenda. `text`: its words, one line a block. */
export interface OutlineLine {
  readonly id: string;
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
}

/** What stands together in a document: a column of the board, the pieces, the notes, the agenda. `title`: the column’s, if it has one. */
export interface OutlinePart {
  readonly kind: 'column' | 'pieces' | 'notes' | 'agenda';
  readonly id: string;
  readonly title: string | null;
  readonly lines: readonly OutlineLine[];
}

/** A document as it is read from top to bottom, without what is in its trash. */
export function outlineOf(kind: VersionedKind, doc: Y.Doc): readonly OutlinePart[] {
  if (kind === 'board') {
    return boardView(doc)
      .getSnapshot()
      .lanes.map(({ column, cards }) => ({
        kind: 'column',
        id: column?.id ?? '',
        title: column?.title ?? null,
        lines: cards.map(({ id, title }) => ({ id, number: null, title, text: '' })),
      }));
  }
  return kind === 'meeting' ? [agendaOf(doc)] : [piecesIn(doc), notesIn(doc)];
}

function piecesIn(doc: Y.Doc): OutlinePart {
  const lines = slipLines(piecesView(doc).getSnapshot().items).map(({ number, latest }) => ({
    id: latest.id,
    number,
    title: latest.title,
    text: '',
  }));
  return { kind: 'pieces', id: 'pieces', title: null, lines };
}

function notesIn(doc: Y.Doc): OutlinePart {
  const lines = notesView(doc)
    .getSnapshot()
    .items.map(({ id, title }) => ({ id, number: null, title, text: textOf(noteBody(doc, id)) }));
  return { kind: 'notes', id: 'notes', title: null, lines };
}

function agendaOf(doc: Y.Doc): OutlinePart {
  const lines = agendaView(doc)
    .getSnapshot()
    .items.map(({ id, title }, index) => ({ id, number: index + 1, title, text: textOf(itemBody(doc, id)) }));
  return { kind: 'agenda', id: 'agenda', title: null, lines };
}

const textOf = (body: Y.XmlFragment | null): string => (body === null ? '' : plainText(body));
