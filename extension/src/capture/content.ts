import type { Coverage, Missing, TextBlock } from '@liasse/core';
import { readBlocks } from './blocks.ts';
import type { TakeOrder, TakeProgress } from './handover.ts';
import { CaptureLimits } from './limits.ts';
import { MissingCount } from './missing.ts';
import type { ReadBytes } from './snapshot/images.ts';
import { takeSnapshot } from './snapshot/index.ts';

/** A resource of a snapshot, which its HTML calls by a token until its hash is known. */
export interface SnapshotResource {
  readonly token: string;
  readonly type: string;
  readonly bytes: Blob;
}

/** What a snapshot refers to and could not be read from inside the page. */
export interface Unreached {
  readonly token: string;
  readonly url: string;
  readonly kind: Missing['kind'];
  readonly origin: string;
}

/** What is taken of a page once a dossier was chosen. `snapshot`: inert HTML, or null when none could be made. */
export interface PageContent {
  readonly text: TextBlock[];
  readonly coverage: Coverage | null;
  readonly missing: Missing[];
  readonly snapshot: {
    readonly html: string;
    readonly resources: readonly SnapshotResource[];
    readonly unreached: readonly Unreached[];
  } | null;
}

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
