import type { ReadBytes, SnapshotClock } from './snapshot/index.ts';

/** Whether an element of a live page is laid out. Folded `<details>` and what is scrolled away count as shown. */
export function isLaidOut(element: Element): boolean {
  return getComputedStyle(element).display !== 'none';
}

/** Reads what the page itself could read: its own origin, and others that allow it. Mostly from the browser's cache. */
export const readAsPage: ReadBytes = async (url, signal) => {
  try {
    const own = new URL(url).origin === location.origin;
    const answer = await fetch(url, {
      signal,
      cache: 'force-cache',
      credentials: own ? 'same-origin' : 'omit',
      referrerPolicy: 'no-referrer',
    });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
};

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
