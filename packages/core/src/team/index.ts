export type { TeamDoc, TeamDocs } from './docs.ts';
export * from './dossierCard.ts';
export * from './dossiers.ts';
export * from './meetings.ts';
export { type BlobCarrier, type Move, movePieceAcross } from './movedPieces.ts';
export { type OutlineLine, type OutlinePart, outlineOf } from './outline.ts';
export type { Searchable, SearchableKind, SearchableText } from './searchable.ts';
export { linesOfContent, searchablesOf } from './searchables.ts';
export { restoreVersion, takeOverDraft, type VersionedKind, versionDifferences, versionDocument } from './versions.ts';
