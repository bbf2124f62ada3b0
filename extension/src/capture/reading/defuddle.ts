import Defuddle from 'defuddle';
import { readBlocks } from './blocks.ts';
import type { FlatPage } from './flatten.ts';
import { isReadable } from './limits.ts';
import type { Reading } from './writer.ts';

/**
 * The text as Defuddle finds it; null when it finds none, or when the page is too long for it. It weighs more than all the rest of
 * the capture: nothing but the script of the second reading may import this.
 */
export function readByDefuddle(page: FlatPage): Reading | null {
  if (!isReadable(page)) return null;
  const { content } = new Defuddle(page.document.cloneNode(true) as Document, { useAsync: false }).parse();
  const read = new DOMParser().parseFromString(content, 'text/html').body;
  const reading = readBlocks(read);
  return reading.blocks.length === 0 ? null : reading;
}
