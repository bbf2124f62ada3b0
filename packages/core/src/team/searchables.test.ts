import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { blockCard, createCard, STARTING_COLUMNS, startBoard, trashCard } from '../board/index.ts';
import { piecesOf } from '../dossier/dossier.ts';
import {
  addHighlight,
  addNote,
  addPiece,
  createDossier,
  encodeText,
  noteBody,
  renameNote,
  type TextBlock,
  trashDossier,
  trashPiece,
} from '../dossier/index.ts';
import {
  AccountId,
  type AgendaItemId,
  type CardId,
  type DossierId,
  type HighlightId,
  type MeetingId,
  type NoteId,
  type PieceId,
  type TeamId,
} from '../kernel/ids.ts';
import type { Rank } from '../kernel/rank.ts';
import { addItem, createMeeting, itemBody, trashMeeting } from '../meeting/index.ts';
import { boardRoom, dossierRoom, meetingRoom, type RoomName } from '../protocol/rooms.ts';
import { registerDossier, registerMeeting, trashRegisteredDossier } from '../register/index.ts';
import { testBlob, testDraft, testId } from '../testing/index.ts';
import type { Searchable } from './searchable.ts';
import { linesOfContent, searchablesOf } from './searchables.ts';

const author = { by: AccountId.parse('account-1'), at: Date.UTC(2026, 0, 15) };
const team = testId<TeamId>(1);
const dossierId = testId<DossierId>(2);
const meetingId = testId<MeetingId>(3);
const pieceId = testId<PieceId>(4);
const noteId = testId<NoteId>(5);
const itemId = testId<AgendaItemId>(6);
const cardId = testId<CardId>(7);
const rank = 'a0' as Rank;

const inDossier = dossierRoom(team, dossierId);

function found(room: RoomName, doc: Y.Doc, kind: Searchable['entry']['kind']): Searchable {
  const [first, ...others] = searchablesOf(room, doc).filter(({ entry }) => entry.kind === kind);
  if (!first || others.length > 0) throw new Error(`not one ${kind}`);
  return first;
}

function textOf({ text }: Searchable): unknown {
  return text.kind === 'text' ? text.text : text.read();
}

function write(body: Y.XmlFragment | null, ...paragraphs: readonly string[]): void {
  const elements = paragraphs.map((text) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(text)]);
    return paragraph;
  });
  body?.insert(0, elements);
}

function dossier(): Y.Doc {
  const doc = new Y.Doc();
  createDossier(doc, { dossierId, title: 'Subventions 2026' }, author);
  addPiece(doc, { pieceId, rank, draft: testDraft() }, author);
  addNote(doc, { noteId, rank, title: 'À relire' }, author);
  write(noteBody(doc, noteId), 'Revoir le plafond.', 'Puis signer.');
  return doc;
}

test('[X15] a dossier gives itself, its pieces by their references and texts, and its notes by their words', () => {
  const doc = dossier();
  const group = `dossier/${dossierId}`;
  expect(found(inDossier, doc, 'dossier').entry).toMatchObject({
    key: group,
    group,
    title: 'Subventions 2026',
    year: 2026,
  });
  const piece = found(inDossier, doc, 'piece');
  expect(piece.entry).toMatchObject({ key: `piece/${pieceId}`, group, room: inDossier, trashed: false, year: 2023 });
  expect(piece.fields).toMatchObject({ reference: '2019-341', site: 'www.legifrance.gouv.fr' });
  expect(textOf(piece)).toBe('Le Premier ministre décrète :');
  expect(textOf(found(inDossier, doc, 'note'))).toBe('Revoir le plafond.\nPuis signer.');
});

test('[X15] a text that lives in a blob is named, and read from the blob’s content', () => {
  const doc = new Y.Doc();
  addPiece(doc, { pieceId, rank, draft: testDraft({ text: [] }), text: testBlob(1) }, author);
  expect(textOf(found(inDossier, doc, 'piece'))).toEqual({ blob: testBlob(1).hash });
  const row: TextBlock = { kind: 'row', header: false, cells: ['un', 'deux'] };
  expect(linesOfContent(encodeText([{ kind: 'paragraph', text: 'Chaque service' }, row]))).toBe(
    'Chaque service\nun\tdeux',
  );
  expect(linesOfContent('<p>')).toBeNull();
});

test('[X15] the digest changes with what can be found, and with nothing else', () => {
  const doc = dossier();
  const digest = (kind: 'piece' | 'note' | 'dossier') => found(inDossier, doc, kind).entry.digest;
  const before = { piece: digest('piece'), note: digest('note'), dossier: digest('dossier') };
  expect({ piece: digest('piece'), note: digest('note'), dossier: digest('dossier') }).toEqual(before);
  write(noteBody(doc, noteId), 'Encore.');
  expect(digest('note')).not.toBe(before.note);
  const written = digest('note');
  renameNote(doc, { noteId, title: 'Relu' }, author);
  expect(digest('note')).not.toBe(written);
  expect({ piece: digest('piece'), dossier: digest('dossier') }).toEqual({
    piece: before.piece,
    dossier: before.dossier,
  });
  trashPiece(doc, { pieceId }, author);
  expect(digest('piece')).not.toBe(before.piece);
});

test('[X15] a piece is found by what was written beside its passages', () => {
  const doc = dossier();
  const target = {
    quote: { exact: 'décrète', prefix: '', suffix: '' },
    position: { start: 20, end: 27 },
    path: null,
    source: { digest: '0'.repeat(16), rival: null, aloneInPath: false },
  };
  const before = found(inDossier, doc, 'piece').entry.digest;
  addHighlight(doc, { pieceId, highlightId: testId<HighlightId>(8), target, comment: 'À citer au comité' }, author);
  expect(found(inDossier, doc, 'piece').fields.notes).toBe('À citer au comité');
  expect(found(inDossier, doc, 'piece').entry.digest).not.toBe(before);
});

test('[X13] what is in a dossier in the trash is in the trash', () => {
  const doc = dossier();
  trashPiece(doc, { pieceId }, author);
  expect([found(inDossier, doc, 'piece').entry.trashed, found(inDossier, doc, 'note').entry.trashed]).toEqual([
    true,
    false,
  ]);
  trashDossier(doc, {}, author);
  expect(searchablesOf(inDossier, doc).every(({ entry }) => entry.trashed)).toBe(true);
});

test('[X15] a record that cannot be read is left out, and those beside it are there', () => {
  const doc = dossier();
  piecesOf(doc).set(testId<PieceId>(40), 'broken');
  expect(searchablesOf(inDossier, doc).map(({ entry }) => entry.kind)).toEqual(['dossier', 'piece', 'note']);
});

test('[X13] [X15] a board gives its cards and the register; a meeting itself and its items, at its day', () => {
  const board = new Y.Doc();
  startBoard(board, { titles: { todo: 'À faire', doing: 'En cours', done: 'Fait' } }, author);
  createCard(
    board,
    { cardId, title: 'Obtenir le visa', place: { columnId: STARTING_COLUMNS.todo, rank }, dossierId },
    author,
  );
  blockCard(board, { cardId, reason: 'Contrôleur absent' }, author);
  registerDossier(board, { dossierId, title: 'Subventions 2026' }, author);
  registerMeeting(board, { meetingId, title: 'Comité', when: { day: '2027-01-01', startTime: null } }, author);
  const room = boardRoom(team);
  expect(found(room, board, 'card')).toMatchObject({
    entry: { group: `dossier/${dossierId}`, trashed: false },
    fields: { notes: 'Contrôleur absent' },
  });
  expect(found(room, board, 'meeting').entry).toMatchObject({ key: `meeting/${meetingId}`, year: 2027 });
  trashCard(board, { cardId }, author);
  trashRegisteredDossier(board, { dossierId }, author);
  expect(found(room, board, 'card').entry.trashed).toBe(true);
  expect(found(room, board, 'dossier').entry.trashed).toBe(true);

  const meeting = new Y.Doc();
  createMeeting(
    meeting,
    { meetingId, title: 'Comité', when: { day: '2027-01-01', startTime: null, endTime: null } },
    author,
  );
  addItem(meeting, { itemId, rank, title: 'Budget', kind: 'decision', minutes: 10, rapporteur: 'Mme Duval' }, author);
  write(itemBody(meeting, itemId), 'Trois options.');
  const item = found(meetingRoom(team, meetingId), meeting, 'item');
  expect(item).toMatchObject({ entry: { group: `meeting/${meetingId}`, year: 2027 }, fields: { notes: 'Mme Duval' } });
  expect(textOf(item)).toBe('Trois options.');
  trashMeeting(meeting, {}, author);
  expect(searchablesOf(meetingRoom(team, meetingId), meeting).map(({ entry }) => entry.trashed)).toEqual([true, true]);
});
