import { readFile } from './read/readFile.ts';
import type { FromReader, ToReader } from './readInWorker.ts';

/** A dedicated worker's own end of its port. */
interface WorkerEnd {
  postMessage(message: FromReader): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToReader>) => void): void;
}

const page = globalThis as unknown as WorkerEnd;
page.addEventListener('message', async ({ data: { bytes } }) => {
  const report = (progress: { readonly done: number; readonly of: number }) => page.postMessage({ progress });
  page.postMessage({ read: await readFile(new Uint8Array(bytes), { report }) });
});
