import { useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import type { Clipped } from '../messaging/contract.ts';
import { lookInside, type SeenTab } from '../platform/tab.ts';
import type { Choice } from './choices.ts';
import { clip } from './clip.ts';

/** A capture that is on this device. */
export interface Saved {
  readonly jobId: string;
  readonly clipped: Clipped;
  /** What was asked for: keeping the address alone may have been the intention. */
  readonly take: 'page' | 'address';
}

/** Where a capture stands. */
export type ClipState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly code: string };

/** Saves the page in front into a dossier. */
export function useClip(options: {
  readonly team: string | null;
  readonly onSaved: (saved: Saved) => void;
}): readonly [ClipState, (tab: SeenTab, title: string, choice: Choice) => void] {
  const [state, setState] = useState<ClipState>({ kind: 'idle' });
  // One popup makes one job: a second Enter, or a second try after a failure, asks for the same one.
  const job = useRef<{ readonly id: string; readonly order: string } | null>(null);

  const save = async (tab: SeenTab, title: string, choice: Choice) => {
    setState({ kind: 'saving' });
    const seen = tab.capturable.can === 'page' && tab.facts === null ? await lookInside(tab) : tab;
    const take = seen.capturable.can === 'page' ? 'page' : 'address';
    const order = JSON.stringify([title, choice]);
    if (job.current?.order !== order) job.current = { id: crypto.randomUUID(), order };
    const answer = await clip(browser.runtime.sendMessage, {
      jobId: job.current.id,
      tab: { id: seen.id, url: seen.url, documentId: seen.documentId },
      take,
      versionOf: null,
      title,
      facts: seen.facts,
      team: options.team,
      dossier: choice.kind === 'create' ? { create: choice.title } : { id: choice.id, title: choice.title },
    });
    if (answer.ok) {
      options.onSaved({ jobId: job.current.id, clipped: answer.value, take });
      return;
    }
    // A job that was refused stays refused; any other goes on, and must not be doubled by a new one.
    if (answer.code !== 'internal' && answer.code !== 'no-space') job.current = null;
    setState({ kind: 'failed', code: answer.code });
  };
  return [state, (tab, title, choice) => void save(tab, title, choice)];
}
