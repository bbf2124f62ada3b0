/** A shared document. Screens pass it from the replica to operations and views, and never look inside. */
export type { Doc } from 'yjs';
export * from './dossier/index.ts';
export * from './kernel/index.ts';
export * from './register/index.ts';
