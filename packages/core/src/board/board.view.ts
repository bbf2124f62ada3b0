import type * as Y from 'yjs';
import { compare, defineRecordsView, makeUndo, type Undo, type View, type ViewOf } from '../kernel/index.ts';
import { Listeners, perDoc } from '../kernel/view.ts';
import { Card, Column, cardsOf, columnsOf } from './board.ts';

const columns = {
  records: columnsOf,
  schema: Column,
  order: (a: Column, b: Column) => compare(a.rank, b.rank) || compare(a.id, b.id),
};

const cards = {
  records: cardsOf,
  schema: Card,
  // Two people may insert at the same rank at once; the id makes every replica agree.
  order: (a: Card, b: Card) => compare(a.place.rank, b.place.rank) || compare(a.id, b.id),
};

/** The board's columns in order; `unreadable` counts records that this version cannot parse. */
export const columnsView = defineRecordsView({ ...columns, keep: ({ trashed }) => trashed === null });

/** The columns in the trash. */
export const trashedColumnsView = defineRecordsView({ ...columns, keep: ({ trashed }) => trashed !== null });

/** All cards of the board by rank, whatever their column. */
export const cardsView = defineRecordsView({ ...cards, keep: ({ trashed }) => trashed === null });

/** The cards in the trash. */
export const trashedCardsView = defineRecordsView({ ...cards, keep: ({ trashed }) => trashed !== null });

/** A column with its cards. `column` is null for the lane of cards whose column is trashed, unknown or unreadable. */
export interface Lane {
  readonly column: Column | null;
  readonly cards: readonly Card[];
}

/** The board as its screen shows it. */
export interface Board {
  /** The lane without a column comes first, and only while it holds cards. */
  readonly lanes: readonly Lane[];
  readonly columns: ReadonlyMap<string, Column>;
  readonly cards: ReadonlyMap<string, Card>;
  /** Cards and columns that this version cannot parse. */
  readonly unreadable: number;
}

const NO_COLUMN = '';

/** The lanes of the board. A lane whose column and cards did not change is the same object as before. */
export const boardView: ViewOf<Board> = perDoc((doc): View<Board> => {
  const listeners = new Listeners();
  const sources = [columnsView(doc), cardsView(doc)] as const;
  let known = new Map<string, Lane>();
  let snapshot: Board | undefined;
  for (const source of sources)
    source.subscribe(() => {
      snapshot = undefined;
      listeners.notify();
    });

  const read = (): Board => {
    const [columns, cards] = [sources[0].getSnapshot(), sources[1].getSnapshot()];
    const byColumn = new Map<string, Card[]>();
    for (const { id } of columns.items) byColumn.set(id, []);
    const homeless: Card[] = [];
    for (const card of cards.items) (byColumn.get(card.place.columnId) ?? homeless).push(card);

    const lanes: Lane[] = homeless.length > 0 ? [{ column: null, cards: homeless }] : [];
    for (const column of columns.items) lanes.push({ column, cards: byColumn.get(column.id) ?? [] });
    const kept = lanes.map((lane) => unchanged(known.get(lane.column?.id ?? NO_COLUMN), lane));
    known = new Map(kept.map((lane) => [lane.column?.id ?? NO_COLUMN, lane]));
    return {
      lanes: kept,
      columns: columns.byId,
      cards: cards.byId,
      unreadable: columns.unreadable + cards.unreadable,
    };
  };

  return {
    subscribe: listeners.subscribe,
    getSnapshot: () => {
      snapshot ??= read();
      return snapshot;
    },
  };
});

function unchanged(before: Lane | undefined, now: Lane): Lane {
  if (before === undefined) return now;
  const sameCards =
    before.cards.length === now.cards.length && before.cards.every((card, index) => card === now.cards[index]);
  if (!sameCards) return now;
  return before.column === now.column ? before : { column: now.column, cards: before.cards };
}

/** Undo of what this page does on cards and columns; the register is not part of it. */
export function makeBoardUndo(doc: Y.Doc): Undo {
  return makeUndo(doc, [columnsOf(doc), cardsOf(doc)]);
}
