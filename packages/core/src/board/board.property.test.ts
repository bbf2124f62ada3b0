import fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { AccountId, type CardId, type ColumnId, compare, type Day, type Rank, type Undo } from '../kernel/index.ts';
import { histories, makeReplicas, play, type Step, settle, type TestReplica, testId } from '../testing/index.ts';
import { cardsOf } from './board.ts';
import {
  assignPerson,
  blockCard,
  boardView,
  type Card,
  createCard,
  createColumn,
  finishCard,
  makeBoardUndo,
  moveCard,
  moveColumn,
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

/** The three of the start, and one that each replica may create. */
const COLUMNS = [...Object.values(STARTING_COLUMNS), ...[0, 1, 2, 3, 4].map((own) => testId<ColumnId>(100 + own))];
const RANKS = ['a0', 'a0V', 'a1', 'a2', 'Zz'] as Rank[];

const action = fc.record({
  kind: fc.constantFrom(
    ...(['start', 'create', 'create', 'rename', 'move', 'move', 'move', 'due', 'block', 'unblock', 'assign'] as const),
    ...(['unassign', 'finish', 'reopen', 'trash', 'restore', 'undo', 'undo', 'redo'] as const),
    ...(['createColumn', 'renameColumn', 'moveColumn', 'trashColumn', 'restoreColumn'] as const),
  ),
  card: fc.nat(5),
  column: fc.nat(COLUMNS.length - 1),
  rank: fc.constantFrom(...RANKS),
  text: fc.constantFrom('a', 'b', 'c'),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const titles = { todo: 'À faire', doing: 'En cours', done: 'Fait' };

/** Cards are named after their replica: fresh ids, as in life. Others act on any of them. */
function act(
  { doc, author }: TestReplica,
  undo: Undo,
  { kind, card, column, rank, text }: Action,
  created: Set<string>,
) {
  const own = Number(author.by.at(-1));
  const ids = [...cardsOf(doc).keys()].sort() as CardId[];
  const cardId = ids[card % Math.max(ids.length, 1)] ?? testId<CardId>(0);
  const columnId = COLUMNS[column] as ColumnId;
  const place = { columnId, rank };
  const account = AccountId.parse(`account-${text}`);
  if (kind === 'create') {
    const fresh = testId<CardId>(1000 + own * 100 + card);
    createCard(doc, { cardId: fresh, title: text, place }, author);
    created.add(fresh);
  } else if (kind === 'start') startBoard(doc, { titles }, author);
  else if (kind === 'rename') renameCard(doc, { cardId, title: text }, author);
  else if (kind === 'move') moveCard(doc, { cardId, place }, author);
  else if (kind === 'due') setCardDue(doc, { cardId, due: `2026-03-0${1 + card}` as Day }, author);
  else if (kind === 'block') blockCard(doc, { cardId, reason: text }, author);
  else if (kind === 'unblock') unblockCard(doc, { cardId }, author);
  else if (kind === 'assign') assignPerson(doc, { cardId, account }, author);
  else if (kind === 'unassign') unassignPerson(doc, { cardId, account }, author);
  else if (kind === 'finish') finishCard(doc, { cardId }, author);
  else if (kind === 'reopen') reopenCard(doc, { cardId }, author);
  else if (kind === 'trash') trashCard(doc, { cardId }, author);
  else if (kind === 'restore') restoreCard(doc, { cardId }, author);
  else if (kind === 'createColumn') createColumn(doc, { columnId: testId(100 + own), title: text, rank }, author);
  else if (kind === 'renameColumn') renameColumn(doc, { columnId, title: text }, author);
  else if (kind === 'moveColumn') moveColumn(doc, { columnId, rank }, author);
  else if (kind === 'trashColumn') trashColumn(doc, { columnId }, author);
  else if (kind === 'restoreColumn') restoreColumn(doc, { columnId }, author);
  else if (kind === 'undo') undo.undo(author);
  else undo.redo(author);
}

/** Everything a person could see of the board, trash included. */
const seen = (doc: Y.Doc) => {
  const { lanes, unreadable } = boardView(doc).getSnapshot();
  return { lanes, unreadable, trashed: trashedCardsView(doc).getSnapshot().items };
};

function holds(count: number, history: readonly Step<Action>[]): void {
  const replicas = makeReplicas(count);
  const [first] = replicas as [TestReplica];
  const created = new Set<string>();
  const undos = new Map(replicas.map((replica) => [replica, makeBoardUndo(replica.doc)]));
  for (const { doc } of replicas) boardView(doc).getSnapshot();
  startBoard(first.doc, { titles }, first.author);
  play(replicas, history, (replica, step) => act(replica, undos.get(replica) as Undo, step, created));
  settle(replicas);

  const { lanes, trashed, unreadable } = seen(first.doc);
  for (const { doc } of replicas) expect(seen(doc)).toEqual({ lanes, trashed, unreadable });
  expect(unreadable).toBe(0);

  // No card lost, none twice: each one ever created is in one lane or in the trash.
  const shown = [...lanes.flatMap(({ cards }) => cards), ...trashed].map(({ id }) => id);
  expect(shown.sort()).toEqual([...created].sort());
  // A card is in the lane its place names, or in the one without a column; each lane is in order.
  const inOrder = (a: Card, b: Card) => compare(a.place.rank, b.place.rank) || compare(a.id, b.id);
  const columns = lanes.flatMap(({ column }) => column?.id ?? []);
  expect(new Set(columns).size).toBe(columns.length);
  for (const { column, cards } of lanes) {
    for (const { place } of cards) {
      if (column) expect(place.columnId).toBe(column.id);
      else expect(columns).not.toContain(place.columnId);
    }
    expect(cards).toEqual(cards.toSorted(inOrder));
  }
}

const did = (replica: number, kind: Action['kind'], fields: Partial<Action> = {}): Step<Action> => ({
  kind: 'act',
  replica,
  action: { kind, card: 0, column: 1, rank: 'a0' as Rank, text: 'a', ...fields },
});
const got = (replica: number): Step<Action> => ({ kind: 'deliver', replica, shuffle: 0 });

test.each<[string, Step<Action>[]]>([
  [
    'undo of an overwritten move of a column went on to take back, field by field, the start of the board',
    [did(0, 'moveColumn'), got(1), did(1, 'moveColumn', { rank: 'a2' as Rank }), got(0), did(0, 'undo')],
  ],
  [
    'undo of a move that a colleague made too left the column without a rank',
    [got(2), did(0, 'moveColumn'), did(2, 'moveColumn'), got(2), did(2, 'undo')],
  ],
  [
    'undo of a move that a colleague made too left the card without a place',
    [did(0, 'create'), got(2), did(2, 'move'), did(0, 'move', { rank: 'a0V' as Rank }), got(2), did(2, 'undo')],
  ],
])('[B1][B10] found once: %s', (_, history) => holds(3, history));

test.each([3, 5])(
  '[B1][B2][B3][B10] %i replicas show one board: no card lost, none twice, whatever the history',
  (count) => {
    fc.assert(
      fc.property(histories(action, { replicas: count, maxLength: 80 }), (history) => holds(count, history)),
      { numRuns: 120 },
    );
  },
);
