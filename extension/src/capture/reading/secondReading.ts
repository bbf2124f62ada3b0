import { readLegal } from '../legal/index.ts';
import { readByDefuddle } from './defuddle.ts';
import type { Sight } from './flatten.ts';
import { type PageText, readText } from './readText.ts';

/** Reads a page again, with one more reader. Its coverage says whether that one found what the others had lost. */
export function secondReading(document: Document, { url, ...sight }: Sight & { readonly url: URL }): PageText {
  const legal = readLegal({ document, url }) !== null;
  return readText(document, { ...sight, url, legal }, readByDefuddle);
}
