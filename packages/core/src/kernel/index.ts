export { bornFromFixedUpdate } from './birth.ts';
export { canonicalJson } from './canonicalJson.ts';
export { type ChangedField, type ChangedRecord, changedRecords, recordTitle } from './changedRecords.ts';
export * from './clock.ts';
export { colourOf } from './colour.ts';
export type { Content } from './content.ts';
export {
  type Applying,
  applyDifferences,
  Difference,
  differencesBetween,
  inverseOf,
} from './differences.ts';
export * from './document.ts';
export { defineFlatRecordsView } from './flatRecords.ts';
export { BOARD_HISTORY_LINES, HistoryLine, historyView, startedView } from './history.ts';
export * from './ids.ts';
export { MeetingTime, TimeOfDay } from './meetingTime.ts';
export { type Author, defineOperation, type Operation, OperationOrigin } from './operation.ts';
export { compare, Rank, rankAt, rankBetween } from './rank.ts';
export { defineRecordsView } from './recordsView.ts';
export * from './refusal.ts';
export { refusedDifferences } from './refusedDifferences.ts';
export type { Records } from './sortedRecords.ts';
export { Trashed } from './trashed.ts';
export { makeUndo, type Undo, type UndoState } from './undo.ts';
export { defineView, type View, type ViewOf } from './view.ts';
