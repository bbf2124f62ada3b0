export {
  CaptureDraft,
  draftTitle,
  LanguageTag,
  MAX_TITLE_CHARACTERS,
  Missing,
  PageAddress,
} from './captureDraft.ts';
export * from './dossier.operations.ts';
export { blobsOf, Dossier, dossierUndoable, Note, Piece } from './dossier.ts';
export * from './dossier.view.ts';
export * from './legal.ts';
export * from './note.operations.ts';
export * from './piece.operations.ts';
export * from './text.ts';
