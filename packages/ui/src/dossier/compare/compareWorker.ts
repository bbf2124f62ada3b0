import type { Comparison, TextBlocks } from '@liasse/core';

/** What the worker is asked, once in its life. */
export interface ToCompare {
  readonly before: TextBlocks;
  readonly after: TextBlocks;
}

export type FromCompare = Comparison;

/**
 * Compares two texts in a worker of their own, which the signal ends: a comparison that nobody waits for costs nothing more.
 *
 * @returns rejects with the signal's reason, or when the worker dies
 */
export function compareInWorker(task: ToCompare, signal: AbortSignal): Promise<Comparison> {
  return new Promise((resolve, reject) => {
    // Vite reads this very expression, in the web app and in the extension's pages alike.
    const worker = new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module', name: 'compare' });
    const end = () => worker.terminate();
    worker.addEventListener('message', ({ data }: MessageEvent<FromCompare>) => {
      end();
      resolve(data);
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error('the worker that compares has died', { cause: event }));
    });
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason);
    });
    worker.postMessage(task);
  });
}
