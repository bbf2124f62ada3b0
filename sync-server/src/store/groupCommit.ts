import type { RoomName } from '@liasse/core/protocol';
import type { NewEntry, RoomBatch, RoomStore } from './roomStore.ts';

/** Writes rows and resolves with the room's last number once they are durable; rejects when nothing was written. */
export type Commit = (room: RoomName, entries: readonly NewEntry[]) => Promise<number>;

interface Waiting extends RoomBatch {
  resolve(lastSeq: number): void;
  reject(error: unknown): void;
}

/** Between the beginnings of two writes: a disk that is faster would be kept busy with a row or two each time. */
const GATHER_MS = 5;

/**
 * One write to the disk for all rooms that have something to write. What arrives within a turn goes out at its end, and what
 * arrives while the disk is busy, or was a moment ago, forms the next batch: a lone edit never waits for company.
 */
export function groupCommit(store: Pick<RoomStore, 'append'>, { now }: { readonly now: () => number }): Commit {
  let waiting: Waiting[] = [];
  let busy = false;
  let beganAt = Number.NEGATIVE_INFINITY;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      // Of a clock that was set back nothing is to be learnt.
      const restMs = Math.min(GATHER_MS, beganAt + GATHER_MS - now());
      if (restMs > 0) await after(restMs);
      beganAt = now();
      const batch = waiting;
      waiting = [];
      try {
        settle(batch, await store.append(batch.map(({ room, entries }) => ({ room, entries }))));
      } catch (error) {
        // One room's fault must not be another's: each is tried alone before its failure is believed.
        if (batch.length === 1) batch[0]?.reject(error);
        else for (const one of batch) await appendAlone(one);
      }
    }
    busy = false;
  }

  async function appendAlone(one: Waiting): Promise<void> {
    try {
      settle([one], await store.append([{ room: one.room, entries: one.entries }]));
    } catch (error) {
      one.reject(error);
    }
  }

  return (room, entries) =>
    new Promise((resolve, reject) => {
      waiting.push({ room, entries, resolve, reject });
      if (busy) return;
      busy = true;
      setImmediate(() => void flush());
    });
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

function settle(batch: readonly Waiting[], done: readonly { lastSeq: number }[]): void {
  batch.forEach((one, index) => {
    const lastSeq = done[index]?.lastSeq;
    if (lastSeq === undefined) one.reject(new Error('bug: the store answered for fewer rooms than it was asked'));
    else one.resolve(lastSeq);
  });
}
