import type * as Y from 'yjs';
import { type Card, cardsView, trashedCardsView } from '../board/index.ts';
import { projectText } from '../dossier/blockText.ts';
import {
  decodeText,
  dossierView,
  highlightsView,
  type Note,
  noteBody,
  notesView,
  type Piece,
  piecesView,
  pieceText,
  trashedNotesView,
  trashedPiecesView,
} from '../dossier/index.ts';
import type { NoteId } from '../kernel/ids.ts';
import {
  type AgendaItem,
  agendaView,
  itemBody,
  type Meeting,
  meetingView,
  trashedAgendaView,
} from '../meeting/index.ts';
import { type RoomName, roomParts } from '../protocol/rooms.ts';
import {
  type DossierEntry,
  dossierRegisterView,
  type MeetingEntry,
  meetingRegisterView,
  trashedDossierRegisterView,
  trashedMeetingRegisterView,
} from '../register/index.ts';
import { plainText } from './plainText.ts';
import { type Searchable, searchable } from './searchable.ts';

/** Everything that can be found in a document of a team. What cannot be read is left out. @see SPEC.md X13, X15 */
export function searchablesOf(room: RoomName, doc: Y.Doc): readonly Searchable[] {
  const { kind } = roomParts(room);
  if (kind === 'board') return onBoard(room, doc);
  if (kind === 'dossier') return inDossier(room, doc);
  if (kind === 'meeting') return inMeeting(room, doc);
  return [];
}

/** The lines of a text that was read from its blob; null when the content is not a text. */
export function linesOfContent(content: string): string | null {
  const blocks = decodeText(content);
  return blocks && projectText(blocks).text;
}

function onBoard(room: RoomName, doc: Y.Doc): readonly Searchable[] {
  const all = <T>(...views: readonly { getSnapshot(): { readonly items: readonly T[] } }[]) =>
    views.flatMap((view) => view.getSnapshot().items);
  return [
    ...all(dossierRegisterView(doc), trashedDossierRegisterView(doc)).map((entry) =>
      registered(room, 'dossier', entry),
    ),
    ...all<MeetingEntry>(meetingRegisterView(doc), trashedMeetingRegisterView(doc)).map((entry) =>
      registered(room, 'meeting', entry, entry.when?.day),
    ),
    ...all(cardsView(doc), trashedCardsView(doc)).map((card) => cardIn(room, card)),
  ];
}

function registered(
  room: RoomName,
  kind: 'dossier' | 'meeting',
  entry: DossierEntry | MeetingEntry,
  day?: string,
): Searchable {
  return searchable(room, {
    kind,
    id: entry.id,
    group: `${kind}/${entry.id}`,
    title: entry.title,
    at: day === undefined ? entry.registered.at : noonOf(day),
    trashed: entry.trashed !== null,
  });
}

function cardIn(room: RoomName, card: Card): Searchable {
  const group = card.dossierId ? `dossier/${card.dossierId}` : card.meetingId ? `meeting/${card.meetingId}` : null;
  return searchable(room, {
    kind: 'card',
    id: card.id,
    group,
    title: card.title,
    notes: card.blocked?.reason ?? '',
    at: card.created.at,
    trashed: card.trashed !== null,
  });
}

function inDossier(room: RoomName, doc: Y.Doc): readonly Searchable[] {
  const state = dossierView(doc).getSnapshot();
  const { id } = roomParts(room);
  const group = `dossier/${id}`;
  // Its pieces can be there before its `meta`, and are found by then.
  const dossier = state.kind === 'readable' ? state.dossier : null;
  const whole = { group, trashed: dossier !== null && dossier.trashed !== null };
  const itself =
    dossier &&
    searchable(room, { ...whole, kind: 'dossier', id: dossier.id, title: dossier.title, at: dossier.createdAt });
  const pieces = [...piecesView(doc).getSnapshot().items, ...trashedPiecesView(doc).getSnapshot().items];
  const notes = [...notesView(doc).getSnapshot().items, ...trashedNotesView(doc).getSnapshot().items];
  return [
    ...(itself ? [itself] : []),
    ...pieces.map((piece) => pieceIn(room, doc, piece, whole)),
    ...notes.map((note) => noteIn(room, doc, note, whole)),
  ];
}

interface Whole {
  readonly group: string;
  /** Whether the dossier or meeting itself is in the trash. */
  readonly trashed: boolean;
}

function pieceIn(room: RoomName, doc: Y.Doc, piece: Piece, whole: Whole): Searchable {
  const { number, nor, celex, eli, legifrance = [] } = piece.legal ?? {};
  const highlights = highlightsView(doc)
    .getSnapshot()
    .items.filter(({ pieceId }) => pieceId === piece.id);
  const comments = highlights.flatMap(({ comment }) => comment || []).join('\n');
  return searchable(room, {
    kind: 'piece',
    id: piece.id,
    group: whole.group,
    title: piece.title,
    reference: [number, nor, celex, eli, ...legifrance].flatMap((part) => part?.value ?? []).join('\n'),
    notes: comments,
    site: piece.site,
    at: piece.capturedAt,
    trashed: whole.trashed || piece.trashed !== null,
    text: {
      kind: 'once',
      read: () => {
        const text = pieceText(doc, piece.id);
        if (text === null) return '';
        return text.kind === 'blob' ? { blob: text.blob.hash } : projectText(text.blocks).text;
      },
    },
  });
}

function noteIn(room: RoomName, doc: Y.Doc, note: Note, whole: Whole): Searchable {
  const body = noteBody(doc, note.id as NoteId);
  return searchable(room, {
    kind: 'note',
    id: note.id,
    group: whole.group,
    title: note.title,
    at: note.createdAt,
    trashed: whole.trashed || note.trashed !== null,
    text: { kind: 'text', text: body ? plainText(body) : '' },
  });
}

function inMeeting(room: RoomName, doc: Y.Doc): readonly Searchable[] {
  const state = meetingView(doc).getSnapshot();
  const { id } = roomParts(room);
  const meeting = state.kind === 'readable' ? state.meeting : null;
  const whole = { group: `meeting/${id}`, trashed: meeting !== null && meeting.trashed !== null };
  const items = [...agendaView(doc).getSnapshot().items, ...trashedAgendaView(doc).getSnapshot().items];
  return [
    ...(meeting ? [meetingIn(room, meeting, whole)] : []),
    ...items.map((item) => itemIn(room, doc, item, { ...whole, day: meeting?.when?.day })),
  ];
}

function meetingIn(room: RoomName, { id, title, place, when, createdAt }: Meeting, whole: Whole): Searchable {
  const at = when === null ? createdAt : noonOf(when.day);
  return searchable(room, { ...whole, kind: 'meeting', id, title, notes: place, at });
}

function itemIn(
  room: RoomName,
  doc: Y.Doc,
  item: AgendaItem,
  whole: Whole & { readonly day: string | undefined },
): Searchable {
  const body = itemBody(doc, item.id);
  return searchable(room, {
    kind: 'item',
    id: item.id,
    group: whole.group,
    title: item.title,
    notes: item.rapporteur,
    at: whole.day === undefined ? item.createdAt : noonOf(whole.day),
    trashed: whole.trashed || item.trashed !== null,
    text: { kind: 'text', text: body ? plainText(body) : '' },
  });
}

/** A moment of a civil day that is the same day in Europe/Paris. */
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);
