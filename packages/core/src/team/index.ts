export type { TeamDoc, TeamDocs } from './docs.ts';
export * from './dossiers.ts';
