export { blockAt, blockText, type ProjectedText } from './blockText.ts';
export {
  CaptureDraft,
  Coverage,
  draftTitle,
  LanguageTag,
  MAX_TITLE_CHARACTERS,
  Missing,
  PageAddress,
  PieceKind,
} from './captureDraft.ts';
export type { Citation } from './citations/citation.ts';
export { citationsIn } from './citations/citationsIn.ts';
export * from './compare/index.ts';
export * from './dossier.operations.ts';
export { blobsOf, Dossier, dossierUndoable, Note } from './dossier.ts';
export * from './dossier.view.ts';
export * from './evidence/index.ts';
export * from './form/index.ts';
export * from './highlight/index.ts';

export * from './legal.ts';
export { adoptPiece, type LeavingPiece, leavingPiece } from './moved.operations.ts';
export * from './note.operations.ts';
export * from './piece.operations.ts';
export {
  Completion,
  MediaType,
  OriginalFile,
  Piece,
  PieceParts,
  Screenshot,
  shownSnapshot,
  TextReading,
  TypedBlob,
} from './piece.ts';
export { type Secret, type SecretKind, secretsIn } from './secrets.ts';
export * from './slip.ts';
export * from './snapshotFormat.ts';
export * from './text.ts';
export { WorkKey, workKeyOf } from './workKey.ts';
export { toHtml } from './writing/html.ts';
export { toMarkdown } from './writing/markdown.ts';
export { type Passage, passagesOf } from './writing/passages.ts';
