import { browser } from 'wxt/browser';
import type { ShotSide } from '../../capture/shot/shotSide.ts';
import type { Target } from '../take/pageTaker.ts';

/** A part of an image to keep, in CSS px of the view it shows. */
interface Cut {
  readonly viewWidth: number;
  readonly top: number;
  readonly height: number;
}

/** What is used of the browser to take images of a page. */
export interface ShotPorts {
  /** The tab now; null when it is gone or no longer granted. */
  tab(tabId: number): Promise<{ readonly url: string; readonly isFront: boolean; readonly windowId: number } | null>;
  call(target: Target, method: keyof ShotSide, args: readonly unknown[]): Promise<unknown>;
  /** What a window shows; null when the browser does not say. */
  image(windowId: number): Promise<Blob | null>;
  /** Keeps a part of an image, as it will be stored. `ratio`: image px in one CSS px. */
  cut(image: Blob, cut: Cut): Promise<{ readonly bytes: Blob; readonly ratio: number }>;
  now(): number;
  waitMs(ms: number): Promise<void>;
}

/** The policy of the extension lets nothing be fetched from an address of data. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Lossy, but letters stay sharp. docs/decisions/0022-images-of-a-page.md */
const STORED = { type: 'image/webp', quality: 0.9 } as const;

export const browserShotPorts: ShotPorts = {
  now: () => performance.now(),
  waitMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  tab: async (tabId) => {
    try {
      const { url, active, windowId } = await browser.tabs.get(tabId);
      return url === undefined ? null : { url, isFront: active, windowId };
    } catch {
      return null;
    }
  },
  call: async ({ tabId, documentId }, method, args) => {
    try {
      const [first] = await browser.scripting.executeScript({
        target: documentId === null ? { tabId } : { tabId, documentIds: [documentId] },
        // Sent as its source: nothing of this file exists there.
        func: (name: string, given: readonly unknown[]) => {
          const side = (globalThis as { liasseShot?: Record<string, (...args: readonly unknown[]) => unknown> })
            .liasseShot;
          return side?.[name]?.(...given) ?? null;
        },
        args: [method, args] as [string, readonly unknown[]],
      });
      return first?.result ?? null;
    } catch {
      return null;
    }
  },
  image: async (windowId) => {
    try {
      const address = await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
      return new Blob([bytesOf(address.slice(address.indexOf(',') + 1))], { type: 'image/png' });
    } catch {
      return null;
    }
  },
  cut: async (image, { viewWidth, top, height }) => {
    const bitmap = await createImageBitmap(image);
    const ratio = bitmap.width / viewWidth;
    const from = Math.round(top * ratio);
    const rows = Math.min(Math.round(height * ratio), bitmap.height - from);
    const canvas = new OffscreenCanvas(bitmap.width, Math.max(rows, 1));
    canvas.getContext('2d')?.drawImage(bitmap, 0, -from);
    bitmap.close();
    return { bytes: await canvas.convertToBlob(STORED), ratio };
  },
};
