export { type Card, type Column, type Place, STARTING_COLUMNS } from './board.ts';
export {
  type Board,
  boardView,
  cardsView,
  columnsView,
  type Lane,
  makeBoardUndo,
  trashedCardsView,
  trashedColumnsView,
} from './board.view.ts';
export * from './card.operations.ts';
export { type Alert, alertsOf, isDone, placeAt } from './card.state.ts';
export * from './column.operations.ts';
