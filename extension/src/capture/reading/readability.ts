import { Readability } from '@mozilla/readability';
import { readBlocks } from './blocks.ts';
import type { FlatPage } from './flatten.ts';
import { isReadable } from './limits.ts';
import type { Reading } from './writer.ts';

/** The text as Readability finds it; null when it finds none, or when the page is too long for it. */
export function readByReadability(page: FlatPage): Reading | null {
  if (!isReadable(page)) return null;
  // It takes its document apart.
  const article = new Readability(page.document.cloneNode(true) as Document, {
    disableJSONLD: true,
    serializer: (node) => node,
  }).parse();
  return article?.content instanceof Element ? readBlocks(article.content) : null;
}
