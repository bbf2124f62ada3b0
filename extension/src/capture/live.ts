import { nameOf } from './dom.ts';
import { CaptureLimits } from './limits.ts';
import { shadowTreeOf } from './snapshot/engine.ts';
import type { ReadBytes, SnapshotClock } from './snapshot/index.ts';

/** Whether an element of a live page is laid out. Folded `<details>` and what is scrolled away count as shown. */
export function isLaidOut(element: Element): boolean {
  return getComputedStyle(element).display !== 'none';
}

/** The shadow tree of a live element, closed ones too: by the browser's own door for extensions. */
export const shadowTree = (element: Element): ShadowRoot | null => shadowTreeOf(element, nameOf(element));

/** What a page's reader is made of. */
interface ReaderPorts {
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Of the page. */
  readonly origin: string;
  readonly clock: Pick<SnapshotClock, 'waitMs'>;
}

/**
 * Reads what the page itself could read: its own origin, and others that allow it. Mostly from the browser's cache.
 *
 * An origin that says nothing for a while is taken for dead, and asked for nothing more [C25]. One that has answered is waited
 * for: browsers ask for six things at a time, and a long queue is no silence.
 */
export function pageReader({ fetch, origin: own, clock }: ReaderPorts): ReadBytes {
  const heard = new Set<string>();
  const silent = new Set<string>();
  return async (url, signal) => {
    try {
      const { origin } = new URL(url);
      if (silent.has(origin)) return null;
      const patience = new AbortController();
      void clock.waitMs(CaptureLimits.answerMs).then(() => {
        if (heard.has(origin)) return;
        silent.add(origin);
        patience.abort();
      });
      const answer = await fetch(url, {
        signal: AbortSignal.any([signal, patience.signal]),
        cache: 'force-cache',
        credentials: origin === own ? 'same-origin' : 'omit',
        referrerPolicy: 'no-referrer',
      });
      heard.add(origin);
      return answer.ok ? await answer.blob() : null;
    } catch {
      return null;
    }
  };
}

/** The page's clock, which nobody sets back. */
export const pageClock: SnapshotClock = {
  now: () => performance.now(),
  waitMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Bytes as a message carries them, by the browser's own encoder. */
export function base64Of(bytes: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = reader.result as string;
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('bytes that cannot be read'));
    reader.readAsDataURL(bytes);
  });
}
