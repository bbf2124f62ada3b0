/** A shared document, which screens pass from the replica to operations and views; and a text inside it, for the editor. */
export type { Doc, XmlFragment } from 'yjs';
export * from './board/index.ts';
export * from './dossier/index.ts';
export * from './kernel/index.ts';
export * from './meeting/index.ts';
export * from './register/index.ts';
export * from './team/index.ts';
