import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CardId, ColumnId, Day, DossierId, Rank } from '../kernel/index.ts';
import { makeReplicas, settle, type TestReplica, testId } from '../testing/index.ts';
import { cardsOf, columnsOf } from './board.ts';
import {
  alertsOf,
  assignPerson,
  blockCard,
  boardView,
  createCard,
  createColumn,
  finishCard,
  linkDossier,
  markColumn,
  moveCard,
  renameCard,
  renameColumn,
  reopenCard,
  restoreCard,
  restoreColumn,
  STARTING_COLUMNS,
  setCardDue,
  startBoard,
  trashCard,
  trashColumn,
  trashedCardsView,
  unassignPerson,
  unblockCard,
} from './index.ts';

const cardId = testId<CardId>(1);
const titles = { todo: 'À faire', doing: 'En cours', done: 'Fait' };
const { todo, doing, done } = STARTING_COLUMNS;
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

describe('columns', () => {
  test('[B5] two people who start a board at once, offline, get three columns; their cards are in them', () => {
    const [amira, benoit] = two();
    for (const [n, { doc, author }] of [amira, benoit].entries()) {
      startBoard(doc, { titles }, author);
      const place = { columnId: todo, rank: `a${n}` as Rank };
      createCard(doc, { cardId: testId(n), title: `carte ${n}`, place }, author);
    }
    settle([amira, benoit]);
    for (const { doc } of [amira, benoit])
      expect(drawn(doc)).toEqual(['À faire: carte 0, carte 1', 'En cours: ', 'Fait: ']);
  });

  test('[B5] starting a board that has a column does nothing; one whose columns are all in the trash starts again', () => {
    const [{ doc, author }] = two();
    startBoard(doc, { titles }, author);
    trashColumn(doc, { columnId: todo }, author);
    const before = Y.encodeStateAsUpdate(doc);
    startBoard(doc, { titles }, author);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    for (const columnId of [doing, done]) trashColumn(doc, { columnId }, author);
    startBoard(doc, { titles }, author);
    expect(drawn(doc)).toEqual(['À faire: ', 'En cours: ', 'Fait: ']);
  });

  test('[B3] the cards of a trashed column are shown without one, and return with it', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author }] = replicas;
    trashColumn(doc, { columnId: todo }, author);
    expect(drawn(doc)).toEqual(['—: Relire', 'En cours: ', 'Fait: ']);
    restoreColumn(doc, { columnId: todo }, author);
    expect(drawn(doc)).toEqual(['À faire: Relire', 'En cours: ', 'Fait: ']);
  });

  test('[B3] a card created in a column while a colleague trashes it is still there', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    trashColumn(amira.doc, { columnId: doing }, amira.author);
    const place = { columnId: doing, rank: 'a0' as Rank };
    createCard(benoit.doc, { cardId: testId(2), title: 'Neuve', place }, benoit.author);
    settle(replicas);
    for (const { doc } of replicas) expect(drawn(doc)).toEqual(['—: Neuve', 'À faire: Relire', 'Fait: ']);
  });

  test('[B9] a column is renamed while in the trash of another, and comes back renamed', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    trashColumn(amira.doc, { columnId: todo }, amira.author);
    renameColumn(benoit.doc, { columnId: todo, title: 'À trier' }, benoit.author);
    settle(replicas);
    restoreColumn(amira.doc, { columnId: todo }, amira.author);
    expect(drawn(amira.doc)[0]).toBe('À trier: Relire');
  });

  test('[B2] columns are in order of rank, then id', () => {
    const [{ doc, author }] = two();
    for (const [n, rank] of ['a1', 'a0', 'a1'].entries())
      createColumn(doc, { columnId: testId(n), title: `c${n}`, rank: rank as Rank }, author);
    const tied = [testId<ColumnId>(0), testId<ColumnId>(2)].sort().map((id) => (id === testId(0) ? 'c0: ' : 'c2: '));
    expect(drawn(doc)).toEqual(['c1: ', ...tied]);
  });
});

describe('cards', () => {
  test('[B4] a card is created in and moved to a column that is there, or refused and nothing changes', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author }] = replicas;
    trashColumn(doc, { columnId: doing }, author);
    const before = Y.encodeStateAsUpdate(doc);
    for (const columnId of [testId<ColumnId>(99), doing]) {
      const place = { columnId, rank: 'a0' as Rank };
      expect(() => createCard(doc, { cardId: testId(5), title: 'x', place }, author)).toThrow('not-found');
      expect(() => moveCard(doc, { cardId, place }, author)).toThrow('not-found');
    }
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  test('[B1] two people who move a card at once: it is in one of the two columns, with that one’s rank', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    moveCard(amira.doc, { cardId, place: { columnId: doing, rank: 'a5' as Rank } }, amira.author);
    moveCard(benoit.doc, { cardId, place: { columnId: done, rank: 'a9' as Rank } }, benoit.author);
    settle(replicas);
    expect(theCard(amira.doc).place).toEqual(theCard(benoit.doc).place);
    expect([`${doing} a5`, `${done} a9`]).toContain(Object.values(theCard(amira.doc).place).join(' '));
  });

  test('[B6] different facts written at once all count, and people add up', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    const dossierId = testId<DossierId>(50);
    renameCard(amira.doc, { cardId, title: 'Relire le décret' }, amira.author);
    assignPerson(amira.doc, { cardId, account: amira.author.by }, amira.author);
    linkDossier(amira.doc, { cardId, dossierId }, amira.author);
    setCardDue(benoit.doc, { cardId, due: '2026-03-02' as Day }, benoit.author);
    assignPerson(benoit.doc, { cardId, account: benoit.author.by }, benoit.author);
    blockCard(benoit.doc, { cardId, reason: 'attend le visa' }, benoit.author);
    settle(replicas);
    for (const { doc } of replicas)
      expect(theCard(doc)).toMatchObject({
        title: 'Relire le décret',
        dossierId,
        due: '2026-03-02',
        blocked: { reason: 'attend le visa' },
        people: [amira.author.by, benoit.author.by],
      });
    unassignPerson(amira.doc, { cardId, account: benoit.author.by }, amira.author);
    unblockCard(amira.doc, { cardId }, amira.author);
    setCardDue(amira.doc, { cardId, due: null }, amira.author);
    linkDossier(amira.doc, { cardId, dossierId: null }, amira.author);
    expect(theCard(amira.doc)).toMatchObject({ people: [amira.author.by], blocked: null, due: null, dossierId: null });
  });

  test('[B9] a card trashed here and renamed there comes back renamed', () => {
    const replicas = two();
    started(replicas);
    const [amira, benoit] = replicas;
    trashCard(amira.doc, { cardId }, amira.author);
    renameCard(benoit.doc, { cardId, title: 'Relue' }, benoit.author);
    settle(replicas);
    expect(trashedCardsView(benoit.doc).getSnapshot().items).toMatchObject([{ title: 'Relue', trashed: amira.author }]);
    restoreCard(benoit.doc, { cardId }, benoit.author);
    expect(drawn(benoit.doc)[0]).toBe('À faire: Relue');
  });

  test('[B7][B8] what calls for attention: late by days, blocked and why, due today; nothing once done', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author }] = replicas;
    const today = '2026-03-05' as Day;
    const alerts = () => {
      const card = theCard(doc);
      return alertsOf(card, boardView(doc).getSnapshot().columns.get(card.place.columnId) ?? null, today);
    };
    setCardDue(doc, { cardId, due: '2026-03-06' as Day }, author);
    expect(alerts()).toEqual([]);
    setCardDue(doc, { cardId, due: today }, author);
    expect(alerts()).toEqual([{ kind: 'due-today' }]);
    setCardDue(doc, { cardId, due: '2026-02-28' as Day }, author);
    blockCard(doc, { cardId, reason: 'attend le visa' }, author);
    const both = [
      { kind: 'overdue', days: 5 },
      { kind: 'blocked', reason: 'attend le visa' },
    ];
    expect(alerts()).toEqual(both);
    finishCard(doc, { cardId }, author);
    expect(alerts()).toEqual([]);
    reopenCard(doc, { cardId }, author);
    expect(alerts()).toEqual(both);
    moveCard(doc, { cardId, place: { columnId: done, rank: 'a0' as Rank } }, author);
    expect(alerts()).toEqual([]);
    markColumn(doc, { columnId: done, holdsDone: false }, author);
    expect(alerts()).toEqual(both);
  });

  test('[B13] garbage among cards and columns is counted; the rest is shown', () => {
    const replicas = two();
    started(replicas);
    const [{ doc, author }] = replicas;
    cardsOf(doc).set(testId(70), 'garbage');
    cardsOf(doc).set(testId(71), new Y.Map([['title', 12]]));
    expect(boardView(doc).getSnapshot().unreadable).toBe(2);
    (columnsOf(doc).get(todo) as Y.Map<unknown>).set('title', ['not', 'a', 'title']);
    expect(boardView(doc).getSnapshot().unreadable).toBe(3);
    expect(drawn(doc)).toEqual(['—: Relire', 'En cours: ', 'Fait: ']);
    expect(() => renameCard(doc, { cardId: testId(70), title: 'x' }, author)).toThrow('not-found');
  });
});
