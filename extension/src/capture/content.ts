import type { Missing, TextBlock } from '@liasse/core';
import { readBlocks } from './blocks.ts';
import { CaptureLimits } from './limits.ts';
import { MissingCount } from './missing.ts';
import type { ReadBytes } from './snapshot/images.ts';
import { takeSnapshot } from './snapshot/index.ts';

/** What is taken of a page once a dossier was chosen. `snapshot`: inert HTML, or null when none could be made. */
export interface PageContent {
  readonly text: TextBlock[];
  readonly snapshot: string | null;
  readonly missing: Missing[];
}

/**
 * Takes a page. It never fails whole: where one part fails, the others stay, and the absence is counted.
 *
 * @param options.isShown - whether an element is laid out
 */
export async function readContent(
  document: Document,
  options: { base: string; isShown: (element: Element) => boolean; read: ReadBytes },
): Promise<PageContent> {
  const missing = new MissingCount();
  let text: TextBlock[] = [];
  try {
    const reading = readBlocks(document, options.isShown);
    text = reading.blocks;
    if (reading.dropped > 0) missing.add('text', null, reading.dropped);
  } catch {
    missing.add('text', null);
  }
  let snapshot: string | null = null;
  try {
    const signal = AbortSignal.timeout(CaptureLimits.fetchMs);
    snapshot = await takeSnapshot(document, { ...options, signal, missing });
  } catch {
    missing.add('other', null);
  }
  return { text, snapshot, missing: missing.list() };
}
