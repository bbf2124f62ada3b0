import { browserPorts, createIndexedDbStore, createSearchShelf } from '@liasse/core/replica';
import type { FromSearch, ToSearch } from './contract.ts';
import { serveSearch } from './serveSearch.ts';

/** A dedicated worker's own end of its port. */
interface WorkerEnd {
  postMessage(message: FromSearch): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToSearch>) => void): void;
}

const page = globalThis as unknown as WorkerEnd;
// The index can be made again: no sentinel says that it should be there.
const { timers, locks, channel } = browserPorts({
  sentinel: { has: async () => false, add: async () => {}, erase: async () => {} },
});

// A message to oneself comes after those that wait: `setTimeout` would add 4 ms to each document.
const { port1, port2 } = new MessageChannel();
const rested: (() => void)[] = [];
port1.onmessage = () => rested.shift()?.();

const server = serveSearch({
  timers,
  locks,
  channel,
  store: (scope) => createIndexedDbStore(scope, timers),
  shelf: createSearchShelf,
  rest: () =>
    new Promise((resolve) => {
      rested.push(resolve);
      port2.postMessage(null);
    }),
  post: (message) => page.postMessage(message),
});
page.addEventListener('message', ({ data }) => server.hear(data));
