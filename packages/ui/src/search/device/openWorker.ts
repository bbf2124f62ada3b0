import type { SearchEnd } from './searchService.ts';

/** A search worker of this page. Vite reads this very expression, in the web app and in the extension's pages alike. */
export function openSearchWorker(): SearchEnd {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module', name: 'search' });
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener, onDeath) => {
      worker.addEventListener('message', ({ data }) => listener(data));
      worker.addEventListener('error', onDeath);
    },
    close: () => worker.terminate(),
  };
}
