import { typeOfContent } from './read/fileKind.ts';
import { fileText } from './read/fileText.ts';
import type { ReadFile } from './read/readFile.ts';

/** What the worker is asked, once in its life. */
export interface ToReader {
  readonly bytes: ArrayBuffer;
}

export type FromReader = { readonly progress: FileProgress } | { readonly read: ReadFile };

/** How far a file is read, in pages. */
export interface FileProgress {
  readonly done: number;
  readonly of: number;
}

/** How a file is read: where the app runs, by `readInWorker`. */
export type ReadFileHere = (
  file: Blob,
  options: { readonly signal: AbortSignal; readonly report: (progress: FileProgress) => void },
) => Promise<ReadFile>;

/** A file that keeps its reader busy longer was made to, or is none that anybody waits for. */
const PATIENCE_MS = 120_000;

/**
 * Reads a file in a worker of its own, which the signal ends. A file that is too much for the worker, in memory or in time, is kept
 * without its text, as a broken one is.
 *
 * @returns rejects with the signal's reason
 */
export const readInWorker: ReadFileHere = async (file, { signal, report }) => {
  const bytes = await file.arrayBuffer();
  signal.throwIfAborted();
  const type = typeOfContent(new Uint8Array(bytes));
  const done = new AbortController();
  try {
    return await new Promise<ReadFile>((resolve, reject) => {
      // Vite reads this very expression, in the web app and in the extension's pages alike.
      const worker = new Worker(new URL('./files.worker.ts', import.meta.url), { type: 'module', name: 'files' });
      const giveUp = () => resolve({ ...fileText({ reading: 'broken' }), type });
      const timer = setTimeout(giveUp, PATIENCE_MS);
      done.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        worker.terminate();
      });
      worker.addEventListener('error', giveUp);
      worker.addEventListener('message', ({ data }: MessageEvent<FromReader>) => {
        if ('progress' in data) report(data.progress);
        // pdf.js greets whoever is at the other end of its worker: not every message is an answer.
        else if ('read' in data) resolve(data.read);
      });
      signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
      worker.postMessage({ bytes } satisfies ToReader, [bytes]);
    });
  } finally {
    done.abort();
  }
};
