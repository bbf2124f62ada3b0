import type { TextBlock } from '@liasse/core';
import { readBlocks } from './blocks.ts';
import type { TakeOrder, TakeProgress } from './handover.ts';
import { CaptureLimits } from './limits.ts';
import { MissingCount } from './missing.ts';
import type { PageContent } from './pageContent.ts';
import type { ReadBytes } from './snapshot/images.ts';
import { takeSnapshot } from './snapshot/index.ts';

interface ContentOptions extends TakeOrder {
  readonly base: string;
  /** Whether an element is laid out. */
  readonly isShown: (element: Element) => boolean;
  readonly read: ReadBytes;
  readonly signal: AbortSignal;
  readonly report: (progress: TakeProgress) => void;
}

/** Takes a page. It never fails whole: where one part fails, the others stay, and the absence is counted. */
export async function readContent(document: Document, options: ContentOptions): Promise<PageContent> {
  const missing = new MissingCount();
  let text: TextBlock[] = [];
  try {
    const reading = readBlocks(document, options.isShown);
    text = reading.blocks;
    if (reading.dropped > 0) missing.add('text', null, reading.dropped);
  } catch {
    missing.add('text', null);
  }

  let snapshot: PageContent['snapshot'] = null;
  try {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(CaptureLimits.fetchMs)]);
    const html = await takeSnapshot(document, { ...options, signal, missing });
    snapshot = { html, resources: [], unreached: [] };
  } catch {
    missing.add('other', null);
  }
  return { text, coverage: null, snapshot, missing: missing.list() };
}
