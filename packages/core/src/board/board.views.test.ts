import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { type CardId, historyView, OperationOrigin, type Rank, rankAt } from '../kernel/index.ts';
import { makeReplicas, settle, type TestReplica, testId } from '../testing/index.ts';
import {
  blockCard,
  boardView,
  createCard,
  makeBoardUndo,
  moveCard,
  placeAt,
  renameCard,
  renameColumn,
  STARTING_COLUMNS,
  startBoard,
  trashedCardsView,
} from './index.ts';

const cardId = testId<CardId>(1);
const titles = { todo: 'À faire', doing: 'En cours', done: 'Fait' };
const { todo, doing } = STARTING_COLUMNS;
const two = (): [TestReplica, TestReplica] => makeReplicas(2) as [TestReplica, TestReplica];

/** A started board, the same on all replicas, with one card in the first column. */
function started(replicas: readonly TestReplica[]): void {
  const [first] = replicas as [TestReplica];
  startBoard(first.doc, { titles }, first.author);
  createCard(first.doc, { cardId, title: 'Relire', place: { columnId: todo, rank: 'a0' as Rank } }, first.author);
  settle(replicas);
}

/** The board as a drawing: `title: card, card`. */
const drawn = (doc: Y.Doc): string[] =>
  boardView(doc)
    .getSnapshot()
    .lanes.map(({ column, cards }) => `${column?.title ?? '—'}: ${cards.map(({ title }) => title).join(', ')}`);

const theCard = (doc: Y.Doc) => {
  const card = boardView(doc).getSnapshot().cards.get(cardId);
  if (!card) throw new Error('no card');
  return card;
};

describe('undo and history', () => {
  test('[B10] undo is one’s own: the colleague’s edit and the register stay', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    const undo = makeBoardUndo(amira.doc);
    renameCard(amira.doc, { cardId, title: 'Relire vite' }, amira.author);
    const register = amira.doc.getMap('register.dossiers');
    amira.doc.transact(() => register.set('a dossier’s title', 'D'), new OperationOrigin('register.registerDossier'));
    settle(replicas);
    blockCard(benoit.doc, { cardId, reason: 'attend' }, benoit.author);
    settle(replicas);
    expect(undo.undo(amira.author)).toBe(true);
    expect(theCard(amira.doc)).toMatchObject({ title: 'Relire', blocked: { reason: 'attend' } });
    expect(undo.undo(amira.author)).toBe(false);
    expect(register.size).toBe(1);
  });

  test('[B10] undoing a card’s creation puts it in the trash, with what a colleague wrote on it', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    const undo = makeBoardUndo(amira.doc);
    const place = { columnId: todo, rank: 'a5' as Rank };
    createCard(amira.doc, { cardId: testId(2), title: 'Neuve', place }, amira.author);
    settle(replicas);
    renameCard(benoit.doc, { cardId: testId(2), title: 'Neuve, et précisée' }, benoit.author);
    settle(replicas);
    undo.undo(amira.author);
    settle(replicas);
    expect(trashedCardsView(benoit.doc).getSnapshot().items).toMatchObject([{ title: 'Neuve, et précisée' }]);
    undo.redo(amira.author);
    expect(drawn(amira.doc)[0]).toBe('À faire: Relire, Neuve, et précisée');
  });

  test('[B10] undoing the start of a board trashes its columns, and a colleague’s title survives', () => {
    const replicas = two();
    const [amira, benoit] = replicas;
    const undo = makeBoardUndo(amira.doc);
    startBoard(amira.doc, { titles }, amira.author);
    settle(replicas);
    renameColumn(benoit.doc, { columnId: todo, title: 'À trier' }, benoit.author);
    settle(replicas);
    undo.undo(amira.author);
    expect(boardView(amira.doc).getSnapshot()).toMatchObject({ lanes: [], unreadable: 0 });
    undo.redo(amira.author);
    expect(drawn(amira.doc)).toEqual(['À trier: ', 'En cours: ', 'Fait: ']);
  });

  test('[B11] the board keeps its last 1,000 lines', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author }] = replicas;
    for (let n = 0; n < 1005; n++) renameCard(doc, { cardId, title: `titre ${n}` }, author);
    expect(historyView(doc).getSnapshot()).toHaveLength(1000);
    expect(historyView(doc).getSnapshot()[0]).toMatchObject({ code: 'board.renameCard', target: cardId });
  });
});

describe('lanes', () => {
  test('[B12] a change re-creates its lane and its card, and no other', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author, random }] = replicas;
    const other = { columnId: doing, rank: rankAt([], 0, random) };
    createCard(doc, { cardId: testId(2), title: 'Autre', place: other }, author);
    const before = boardView(doc).getSnapshot();
    renameCard(doc, { cardId: testId(2), title: 'Autre titre' }, author);
    const after = boardView(doc).getSnapshot();
    expect(after).not.toBe(before);
    expect(after.lanes.map((lane, index) => lane === before.lanes[index])).toEqual([true, false, true]);
    renameColumn(doc, { columnId: todo, title: 'À trier' }, author);
    const renamed = boardView(doc).getSnapshot();
    expect(renamed.lanes[0]?.cards).toBe(before.lanes[0]?.cards);
    expect(renamed.lanes[1]).toBe(after.lanes[1]);
  });

  test('[B2] a place at an index is between its neighbours, the moving card left out', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author, random }] = replicas;
    const board = () => boardView(doc).getSnapshot();
    const at = (index: number, moving?: CardId) => {
      const place = placeAt(board(), { columnId: todo, index, ...(moving && { moving }) }, random);
      if (!place) throw new Error('no place');
      return place;
    };
    for (const [n, title] of ['b', 'c', 'd'].entries())
      createCard(doc, { cardId: testId(10 + n), title, place: at(99) }, author);
    expect(drawn(doc)[0]).toBe('À faire: Relire, b, c, d');
    moveCard(doc, { cardId, place: at(2, cardId) }, author);
    expect(drawn(doc)[0]).toBe('À faire: b, c, Relire, d');
    expect(placeAt(board(), { columnId: testId(99), index: 0 }, random)).toBeNull();
  });
});
