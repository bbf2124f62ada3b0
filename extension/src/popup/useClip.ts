import { useEffect, useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { Clipped, Granted, TickedField } from '../messaging/contract.ts';
import { lookInside, type SeenTab } from '../platform/tab.ts';
import type { Choice } from './choices.ts';
import { clip } from './clip.ts';
import { type Take, takesOf } from './takes.ts';

/** A capture that is on this device. */
export interface Saved {
  readonly jobId: string;
  readonly clipped: Clipped;
  /** What was asked for: keeping the address alone may have been the intention. */
  readonly take: Take;
  /** Whether it was added to a form as its next step. */
  readonly isStep: boolean;
}

export type ClipProgress = NonNullable<Granted<'clip.progress'>['progress']>;

/** Where a capture stands. `progress` is null while it is too short to be worth a word. */
export type ClipState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly progress: ClipProgress | null }
  | { readonly kind: 'failed'; readonly code: string };

/** What the person asked for. */
export interface Order {
  readonly tab: SeenTab;
  readonly take: Take;
  readonly title: string;
  readonly choice: Choice;
  /** Fields of the form whose personal numbers are to be kept. */
  readonly ticked: readonly TickedField[];
  /** Whether the person said that this page is to be kept though its window is private. */
  readonly fromPrivate: 'refuse' | 'keep';
}

/** Saves the page in front into a dossier. */
export function useClip(options: { readonly team: string | null; readonly onSaved: (saved: Saved) => void }): {
  readonly state: ClipState;
  readonly save: (order: Order) => void;
  readonly stop: () => void;
} {
  const [state, setState] = useState<ClipState>({ kind: 'idle' });
  // One popup makes one job: a second Enter, or a second try after a failure, asks for the same one.
  const job = useRef<{ readonly id: string; readonly order: string } | null>(null);
  useProgress(state.kind === 'saving', job.current?.id ?? null, (progress) =>
    setState((now) => (now.kind === 'saving' ? { kind: 'saving', progress } : now)),
  );

  const save = async ({ tab, take: asked, title, choice, ticked, fromPrivate }: Order) => {
    setState({ kind: 'saving', progress: null });
    const seen = tab.capturable.can === 'page' && tab.facts === null ? await lookInside(tab) : tab;
    const takes = takesOf(seen);
    // `page` is what nobody changed: the usual one of what is in front.
    const take = takes.includes(asked) ? asked : asked === 'page' ? (takes[0] ?? 'address') : 'address';
    const order = JSON.stringify([take, title, choice, ticked]);
    if (job.current?.order !== order) job.current = { id: crypto.randomUUID(), order };
    const answer = await clip(browser.runtime.sendMessage, {
      jobId: job.current.id,
      tab: { id: seen.id, url: seen.url, documentId: seen.documentId },
      take,
      ...(seen.link != null && { link: seen.link }),
      fromPrivate,
      ...(take === 'form' && {
        form: { stepOf: choice.kind === 'step' ? choice.of.pieceId : null, ticked: [...ticked] },
      }),
      versionOf: choice.kind === 'version' ? choice.of.pieceId : null,
      title,
      facts: seen.facts,
      team: options.team,
      dossier: choice.kind === 'create' ? { create: choice.title } : { id: choice.id, title: choice.title },
    });
    if (answer.ok) {
      options.onSaved({ jobId: job.current.id, clipped: answer.value, take, isStep: choice.kind === 'step' });
      return;
    }
    // A job that was refused stays refused; any other goes on, and must not be doubled by a new one.
    if (answer.code !== 'internal' && answer.code !== 'no-space') job.current = null;
    setState(answer.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', code: answer.code });
  };
  const stop = () => {
    if (job.current !== null) void ask(browser.runtime.sendMessage, 'clip.cancel', { jobId: job.current.id });
  };
  return { state, save: (order) => void save(order), stop };
}

/** Most captures are over before a bar could be read. */
const WORTH_A_WORD_MS = 800;
const ASK_EVERY_MS = 300;

function useProgress(saving: boolean, jobId: string | null, onProgress: (progress: ClipProgress) => void): void {
  const heard = useRef(onProgress);
  heard.current = onProgress;
  useEffect(() => {
    if (!saving || jobId === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer = await ask(browser.runtime.sendMessage, 'clip.progress', { jobId });
      if (answer.ok && answer.value.progress !== null) heard.current(answer.value.progress);
      timer = setTimeout(look, ASK_EVERY_MS);
    };
    timer = setTimeout(look, WORTH_A_WORD_MS);
    return () => clearTimeout(timer);
  }, [saving, jobId]);
}
