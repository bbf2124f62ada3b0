/** A shared document. Screens pass it from the replica to operations and views, and never look inside. */
export type { Doc } from 'yjs';
/** A shared text inside a document, for the editor alone. */
export type { XmlFragment } from 'yjs';
export * from './board/index.ts';
export * from './dossier/index.ts';
export * from './kernel/index.ts';
export * from './register/index.ts';
