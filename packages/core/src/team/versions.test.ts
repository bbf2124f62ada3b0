import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  boardView,
  createCard,
  createColumn,
  makeBoardUndo,
  moveCard,
  renameCard,
  startBoard,
  trashedCardsView,
} from '../board/index.ts';
import {
  addNote,
  createDossier,
  dossierUndoable,
  dossierView,
  noteBody,
  notesView,
  renameDossier,
  trashDossier,
} from '../dossier/index.ts';
import {
  type CardId,
  type ColumnId,
  type DossierId,
  historyView,
  makeUndo,
  type NoteId,
  type Rank,
} from '../kernel/index.ts';
import { dossierRegisterView, registerDossier } from '../register/index.ts';
import { makeReplicas, settle, type TestReplica, testId } from '../testing/index.ts';
import { outlineOf } from './outline.ts';
import { restoreVersion, versionDifferences, versionDocument } from './versions.ts';

const two = (): [TestReplica, TestReplica] => makeReplicas(2) as [TestReplica, TestReplica];
const rank = (text: string) => text as Rank;
const column = testId<ColumnId>(1);
const [first, second] = [testId<CardId>(2), testId<CardId>(3)];
const noteId = testId<NoteId>(4);
const dossierId = testId<DossierId>(5);
const versionOf = (doc: Y.Doc) => Y.encodeStateAsUpdateV2(doc);
const titles = (doc: Y.Doc) =>
  [...boardView(doc).getSnapshot().cards.values()].map(({ title, place }) => `${title} ${place.rank}`).sort();

function write(doc: Y.Doc, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  noteBody(doc, noteId)?.push([paragraph]);
}

const textOf = (doc: Y.Doc, paragraph: number): Y.XmlText => {
  const element = noteBody(doc, noteId)?.get(paragraph) as Y.XmlElement;
  return element.get(0) as Y.XmlText;
};

describe('bringing a version back', () => {
  function board() {
    const [amira, benoit] = two();
    createColumn(amira.doc, { columnId: column, title: 'À faire', rank: rank('a0') }, amira.author);
    createCard(
      amira.doc,
      { cardId: first, title: 'Visa', place: { columnId: column, rank: rank('a0') } },
      amira.author,
    );
    registerDossier(amira.doc, { dossierId, title: 'Avant' }, amira.author);
    settle([amira, benoit]);
    const version = versionOf(amira.doc);
    const undo = makeBoardUndo(amira.doc);
    renameCard(amira.doc, { cardId: first, title: 'Visa du directeur' }, amira.author);
    moveCard(amira.doc, { cardId: first, place: { columnId: column, rank: rank('a5') } }, amira.author);
    createCard(
      amira.doc,
      { cardId: second, title: 'Depuis', place: { columnId: column, rank: rank('a6') } },
      amira.author,
    );
    registerDossier(amira.doc, { dossierId, title: 'Après' }, amira.author);
    settle([amira, benoit]);
    const restore = ({ doc, author } = amira) => {
      const differences = [...versionDifferences('board', doc, versionDocument(version))];
      restoreVersion(doc, { differences }, author);
    };
    return { amira, benoit, undo, restore };
  }

  test('[P64] fields are set back, what came since goes to the trash, the register stays; one line says so', () => {
    const { amira, restore } = board();
    const lines = historyView(amira.doc).getSnapshot().length;
    restore();
    expect(titles(amira.doc)).toEqual(['Visa a0']);
    expect(
      trashedCardsView(amira.doc)
        .getSnapshot()
        .items.map(({ title }) => title),
    ).toEqual(['Depuis']);
    expect(dossierRegisterView(amira.doc).getSnapshot().items[0]?.title).toBe('Après');
    expect(historyView(amira.doc).getSnapshot().slice(lines)).toMatchObject([{ code: 'document.restoreVersion' }]);
    const before = Y.encodeStateAsUpdate(amira.doc);
    restore();
    expect(Y.encodeStateAsUpdate(amira.doc)).toEqual(before);
  });

  test('[P64] undo takes it back and redo does it again', () => {
    const { amira, undo, restore } = board();
    const now = titles(amira.doc);
    restore();
    undo.undo(amira.author);
    expect(titles(amira.doc)).toEqual(now);
    undo.redo(amira.author);
    expect(titles(amira.doc)).toEqual(['Visa a0']);
  });

  test('[P64] what a colleague changed since is not taken back', () => {
    const { amira, benoit, undo, restore } = board();
    restore();
    settle([amira, benoit]);
    renameCard(benoit.doc, { cardId: first, title: 'De Benoît' }, benoit.author);
    settle([amira, benoit]);
    undo.undo(amira.author);
    expect(titles(amira.doc)).toEqual(['De Benoît a5', 'Depuis a6']);
  });

  test('[P64] two devices bringing the same version back at once end in that version', () => {
    const { amira, benoit, restore } = board();
    restore(benoit);
    restore();
    settle([amira, benoit]);
    expect(titles(benoit.doc)).toEqual(['Visa a0']);
  });

  test('[P64] the first columns of a board come back as the ones that every device makes', () => {
    const [amira, benoit] = two();
    startBoard(amira.doc, { titles: { todo: 'À faire', doing: 'En cours', done: 'Fait' } }, amira.author);
    const version = versionOf(amira.doc);
    const [other] = makeReplicas(1) as [TestReplica];
    const differences = [...versionDifferences('board', benoit.doc, versionDocument(version))];
    restoreVersion(other.doc, { differences }, other.author);
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(amira.doc));
    expect(
      boardView(other.doc)
        .getSnapshot()
        .lanes.map(({ column: one }) => one?.title),
    ).toEqual(['À faire', 'En cours', 'Fait']);
  });

  test('[P64] the text of a note is rewritten where it differs, and what a colleague writes beside it stays', () => {
    const [amira, benoit] = two();
    createDossier(amira.doc, { dossierId, title: 'Avant' }, amira.author);
    addNote(amira.doc, { noteId, rank: rank('a0'), title: 'Note' }, amira.author);
    write(amira.doc, 'gardé');
    write(amira.doc, 'changé');
    settle([amira, benoit]);
    const version = versionOf(amira.doc);
    const undo = makeUndo(amira.doc, dossierUndoable(amira.doc));
    textOf(amira.doc, 1).insert(6, ' depuis');
    renameDossier(amira.doc, { title: 'Après' }, amira.author);
    settle([amira, benoit]);
    textOf(benoit.doc, 0).insert(5, ' par Benoît');
    const differences = [...versionDifferences('dossier', amira.doc, versionDocument(version))];
    restoreVersion(amira.doc, { differences }, amira.author);
    settle([amira, benoit]);
    const text = '<paragraph>gardé par Benoît</paragraph><paragraph>changé</paragraph>';
    expect(noteBody(benoit.doc, noteId)?.toString()).toBe(text);
    expect(dossierView(benoit.doc).getSnapshot()).toMatchObject({ dossier: { title: 'Avant' } });
    undo.undo(amira.author);
    expect(dossierView(amira.doc).getSnapshot()).toMatchObject({ dossier: { title: 'Après' } });
  });

  test('[P64] a dossier’s own trash is no part of a version; a note that was lost altogether comes back whole', () => {
    const [amira, benoit] = two();
    createDossier(amira.doc, { dossierId, title: 'Dossier' }, amira.author);
    settle([amira, benoit]);
    addNote(amira.doc, { noteId, rank: rank('a0'), title: 'Note' }, amira.author);
    write(amira.doc, 'ses mots');
    trashDossier(amira.doc, {}, amira.author);
    const differences = [...versionDifferences('dossier', benoit.doc, versionDocument(versionOf(amira.doc)))];
    expect(differences).toHaveLength(1);
    const undo = makeUndo(benoit.doc, dossierUndoable(benoit.doc));
    restoreVersion(benoit.doc, { differences }, benoit.author);
    expect(noteBody(benoit.doc, noteId)?.toString()).toBe('<paragraph>ses mots</paragraph>');
    undo.undo(benoit.author);
    expect(notesView(benoit.doc).getSnapshot().items).toEqual([]);
    expect(noteBody(benoit.doc, noteId)?.toString()).toBe('<paragraph>ses mots</paragraph>');
  });

  test('[P65] a version is outlined from top to bottom, with the words of its texts and without its trash', () => {
    const { amira } = board();
    const lanes = outlineOf('board', amira.doc).map(({ title, lines }) => [title, lines.map((line) => line.title)]);
    expect(lanes).toEqual([['À faire', ['Visa du directeur', 'Depuis']]]);
    const [benoit] = two();
    createDossier(benoit.doc, { dossierId, title: 'Dossier' }, benoit.author);
    addNote(benoit.doc, { noteId, rank: rank('a0'), title: '' }, benoit.author);
    write(benoit.doc, 'un');
    write(benoit.doc, 'deux');
    const [pieces, notes] = outlineOf('dossier', benoit.doc);
    expect(pieces).toMatchObject({ kind: 'pieces', lines: [] });
    expect(notes?.lines).toEqual([{ id: noteId, number: null, title: '', text: 'un\ndeux' }]);
    expect(outlineOf('meeting', new Y.Doc())).toMatchObject([{ kind: 'agenda', lines: [] }]);
  });

  test('[P64] bytes that are no version are refused', () => {
    expect(() => versionDocument(new Uint8Array([1, 2, 3]))).toThrow('invalid-input');
  });
});
