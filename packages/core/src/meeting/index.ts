export * from './agendaTimes.ts';
export * from './item.operations.ts';
export * from './meeting.operations.ts';
export { AgendaItem, ItemKind, MAX_ITEM_MINUTES, Meeting, MeetingWhen, meetingUndoable } from './meeting.ts';
export * from './meeting.view.ts';
