import type { Coverage, TextBlock } from '@liasse/core';
import type { TakeOrder, TakeProgress } from './handover.ts';
import { readLegal } from './legal/index.ts';
import { CaptureLimits } from './limits.ts';
import { MissingCount } from './missing.ts';
import type { PageContent } from './pageContent.ts';
import { fieldOf } from './privacy/index.ts';
import type { Sight } from './reading/flatten.ts';
import { readText } from './reading/readText.ts';
import { readSelection } from './reading/selection.ts';
import { type ReadBytes, type SnapshotClock, takeSnapshot } from './snapshot/index.ts';

export interface ContentOptions extends TakeOrder {
  /** The page's address, as the browser says it. */
  readonly url: URL;
  readonly base: string;
  /** Whether an element is laid out. */
  readonly isShown: (element: Element) => boolean;
  /** The shadow tree of an element, closed ones too where the browser lets an extension in; open ones alone where it is not said. */
  readonly shadowOf?: Sight['shadowOf'];
  readonly read: ReadBytes;
  readonly clock: SnapshotClock;
  readonly signal: AbortSignal;
  readonly report: (progress: TakeProgress) => void;
}

/** Takes a page. It never fails whole: where one part fails, the others stay, and the absence is counted. */
export async function readContent(document: Document, options: ContentOptions): Promise<PageContent> {
  const missing = new MissingCount();
  let text: TextBlock[] = [];
  let coverage: Coverage | null = null;
  try {
    const { url, isShown, shadowOf } = options;
    const sight = { isShown, shadowOf };
    const selection = options.take === 'selection' ? readSelection(document, sight) : null;
    const read = selection ?? readText(document, { ...sight, url, legal: readLegal({ document, url }) !== null });
    text = read.blocks;
    coverage = read.coverage;
    if (read.dropped > 0) missing.add('text', null, read.dropped);
  } catch {
    missing.add('text', null);
  }

  let snapshot: PageContent['snapshot'] = null;
  try {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(CaptureLimits.fetchMs)]);
    snapshot = await takeSnapshot(document, { ...options, fieldOf, signal, missing });
  } catch {
    missing.add('other', null);
  }
  return { text, coverage, snapshot, missing: missing.list() };
}
