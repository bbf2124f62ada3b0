import { Missing } from '@liasse/core';
import { z } from 'zod';
import type { Unreached } from '../../capture/pageContent.ts';
import type { PageTaker } from '../take/pageTaker.ts';
import { type PulledFile, pull } from '../take/pull.ts';
import type { Unfinished } from './unreachedStore.ts';

/** The document of a frame, as a snapshot of its own. */
export interface FramePart {
  readonly kind: 'frame';
  readonly files: readonly PulledFile[];
  readonly missing: readonly Missing[];
}

const Content = z.object({ missing: z.array(Missing).catch([]) });

/**
 * Reads frames of other sites where they stand: in the tab, while it shows the document that was taken [C35]. Fetched by their
 * address they would be other pages, without who is signed in and what was done in them.
 *
 * A frame is known by its address; where it was sent on elsewhere meanwhile, it is left out.
 */
export async function readFrames(
  { tab, url }: Unfinished,
  wanted: readonly Unreached[],
  taker: PageTaker,
): Promise<ReadonlyMap<Unreached, FramePart>> {
  const found = new Map<Unreached, FramePart>();
  if (wanted.length === 0 || (await taker.addressOf(tab.id)) !== url) return found;
  const frames = [...(await taker.framesOf(tab.id))];
  if (tab.documentId !== null && !frames.some(({ documentId }) => documentId === tab.documentId)) return found;
  for (const one of wanted) {
    const at = frames.findIndex((frame) => frame.url === one.url);
    const [frame] = at < 0 ? [] : frames.splice(at, 1);
    if (frame === undefined) continue;
    const target = { tabId: tab.id, documentId: frame.documentId };
    const options = { signal: new AbortController().signal, report: () => {} };
    const pulled = await pull(taker, target, { take: 'page' }, options);
    const missing = Content.safeParse(pulled?.content).data?.missing ?? [];
    if (pulled !== null && pulled.files.length > 0) found.set(one, { kind: 'frame', files: pulled.files, missing });
  }
  return found;
}
