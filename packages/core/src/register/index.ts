export * from './register.operations.ts';
export { DossierEntry, MeetingEntry, MeetingTime } from './register.ts';
export * from './register.view.ts';
