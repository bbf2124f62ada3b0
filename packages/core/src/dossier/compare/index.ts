export { compareTexts } from './compare.ts';
export type { BlockChange, Comparison, SectionChange, SectionCounts, WordRun } from './comparison.ts';
export { earlierText, laterText } from './replay.ts';
