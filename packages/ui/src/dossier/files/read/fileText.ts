import type { OriginalFile, TextBlock, TextReading } from '@liasse/core';

/** What was read in a file. */
export interface FileText {
  readonly reading: TextReading;
  readonly blocks: readonly TextBlock[];
  /** What the file calls itself; null where it does not, or where that is no title. */
  readonly title: string | null;
  /** As it declares it; judged by whoever makes a draft of it. */
  readonly language: string | null;
  readonly pages: number | null;
  readonly pixels: OriginalFile['pixels'];
  /** HTML to make an inert copy of, with what it carries in itself: of a page or of a message. */
  readonly html: string | null;
}

const NOTHING: FileText = {
  reading: 'unknown',
  blocks: [],
  title: null,
  language: null,
  pages: null,
  pixels: null,
  html: null,
};

/** A file of which this is known, and nothing more. */
export const fileText = (known: Partial<FileText>): FileText => ({ ...NOTHING, ...known });
