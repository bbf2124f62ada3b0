export * from './register.operations.ts';
export { DossierEntry, MeetingEntry } from './register.ts';
export * from './register.view.ts';
