import { cardsView, columnsView, createCard, startBoard, trashCard } from '../board/index.ts';
import { type CardId, type DossierId, newId } from '../kernel/ids.ts';
import { rankAt } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { boardRoom } from '../protocol/rooms.ts';
import { type TeamDocs, within } from './docs.ts';

/** A dossier as the board gets it. `columns`: titles of the columns a board starts with, should it have none. */
export interface DossierForBoard {
  readonly dossierId: DossierId;
  readonly title: string;
  readonly columns: { readonly todo: string; readonly doing: string; readonly done: string };
}

/**
 * Makes a card for a dossier, at the end of the board's first column.
 *
 * @returns the card, and the title of the column it is in
 * @throws {Refusal} `invalid-input`, `read-only`, `no-space`
 * @see SPEC.md T6
 */
export function putDossierOnBoard(
  docs: TeamDocs,
  { dossierId, title, columns }: DossierForBoard,
): Promise<{ readonly cardId: CardId; readonly column: string }> {
  const cardId = newId<CardId>(docs.random);
  return within(docs, boardRoom(docs.team), (board) => {
    board.run(startBoard, { titles: columns });
    const [column] = columnsView(board.doc).getSnapshot().items;
    if (column === undefined) throw new Refusal('not-found', { what: 'column' });
    const cards = cardsView(board.doc).getSnapshot().items;
    const inColumn = cards.flatMap(({ place }) => (place.columnId === column.id ? [place] : []));
    const rank = rankAt(inColumn, inColumn.length, docs.random);
    board.run(createCard, { cardId, title, dossierId, place: { columnId: column.id, rank } });
    return { cardId, column: column.title };
  });
}

/** Takes such a card back: it goes to the trash. @throws {Refusal} `not-found`, `read-only`, `no-space` */
export function takeCardOff(docs: TeamDocs, cardId: CardId): Promise<void> {
  return within(docs, boardRoom(docs.team), (board) => board.run(trashCard, { cardId }));
}
