import { Worker } from 'node:worker_threads';
import type { Compacted, CompactionTask } from './compactRoom.ts';
import type { RoomSource } from './readRoom.ts';

export type FoldingTask = Omit<CompactionTask, 'stored'> & { readonly source: RoomSource };

/** What the thread is asked: to compact a room, or for the keys of a root map of its document. */
export type FoldingCall =
  | { readonly kind: 'compact'; readonly task: FoldingTask }
  | { readonly kind: 'keys'; readonly source: RoomSource; readonly root: string };

export type FoldingAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** Documents are read and folded away from the event loop: a large one takes a second. */
export interface FoldingThread {
  compact(task: FoldingTask): Promise<Compacted>;
  /** Null when the document cannot be read whole. */
  keys(source: RoomSource, root: string): Promise<readonly string[] | null>;
  close(): Promise<void>;
}

/** A thread is some 20 MB: it goes when nothing was asked of it for so long. */
const IDLE_MS = 60_000;

export function startFoldingThread(): FoldingThread {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const stop = async () => {
    if (idle) clearTimeout(idle);
    const stopped = worker;
    worker = null;
    await stopped?.terminate();
  };

  async function ask(call: FoldingCall): Promise<unknown> {
    if (idle) clearTimeout(idle);
    worker ??= new Worker(new URL('./folding.worker.ts', import.meta.url));
    const asked = worker;
    asked.unref();
    try {
      const answer = await new Promise<FoldingAnswer>((resolve, reject) => {
        asked.once('message', resolve);
        asked.once('error', reject);
        asked.once('exit', (code) => reject(new Error(`the folding thread ended with ${code}`)));
        asked.postMessage(call);
      });
      if (!answer.ok) throw new Error(answer.reason);
      return answer.value;
    } catch (error) {
      if (worker === asked) worker = null;
      throw error;
    } finally {
      for (const event of ['message', 'error', 'exit'] as const) asked.removeAllListeners(event);
      idle = setTimeout(() => void stop(), IDLE_MS).unref();
    }
  }

  /** One at a time: two would take both cores of a small machine from the people. */
  const inTurn = <T>(call: FoldingCall): Promise<T> => {
    const mine = last.then(() => ask(call));
    last = mine.catch(() => {});
    return mine as Promise<T>;
  };

  return {
    compact: (task) => inTurn<Compacted>({ kind: 'compact', task }),
    keys: (source, root) => inTurn<readonly string[] | null>({ kind: 'keys', source, root }),
    close: stop,
  };
}
