import { Worker } from 'node:worker_threads';
import type { RoomName } from '@liasse/core/protocol';
import {
  type Backlog,
  type Entry,
  ErasedRoomError,
  type RoomBatch,
  type RoomChanges,
  type RoomStore,
  type StoredRoom,
  StoreError,
  type Version,
} from './roomStore.ts';
import type { SqliteLog } from './sqliteLog.ts';

type Method =
  | 'load'
  | 'append'
  | 'since'
  | 'compact'
  | 'versions'
  | 'version'
  | 'dropVersions'
  | 'backlogs'
  | 'rooms'
  | 'erase'
  | 'changes'
  | 'standing'
  | 'probe'
  | 'close';

/** A call to the thread of `sqlite.worker.ts`. */
export type StoreCall = {
  [M in Method]: { readonly id: number; readonly method: M; readonly args: Parameters<SqliteLog[M]> };
}[Method];

export type StoreAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly erased: boolean;
      readonly full: boolean;
      readonly reason: string;
    };

interface Waiting {
  readonly room: RoomName | null;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Rooms in one SQLite file, written by one worker thread. A thread that dies is replaced at the next call. */
export function openSqliteRoomStore(file: string): RoomStore {
  const waiting = new Map<number, Waiting>();
  const watchers = new Set<(room: RoomName, lastSeq: number) => void>();
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  function failAll(error: Error): void {
    worker = null;
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) call.reject(new StoreError('the store thread ended', { cause: error }));
  }

  function start(): Worker {
    const started = new Worker(new URL('./sqlite.worker.ts', import.meta.url), { workerData: file });
    started.on('message', (answer: StoreAnswer) => {
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) call?.resolve(answer.value);
      else if (answer.erased && call?.room) call.reject(new ErasedRoomError(call.room));
      else call?.reject(new StoreError(answer.reason, { full: answer.full }));
    });
    started.on('error', failAll);
    started.on('exit', (code) => {
      if (worker === started) failAll(new Error(`exit ${code}`));
    });
    return started;
  }

  function call<Value>(method: Method, args: readonly unknown[], room: RoomName | null = null): Promise<Value> {
    if (closed) return Promise.reject(new StoreError('the store is closed'));
    worker ??= start();
    const running = worker;
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { room, resolve: (value) => resolve(value as Value), reject });
      running.postMessage({ id, method, args });
    });
  }

  return {
    file,
    load: (room) => call<StoredRoom>('load', [room], room),
    async append(batch: readonly RoomBatch[]) {
      const done = await call<{ lastSeq: number }[]>('append', [batch], batch.length === 1 ? batch[0]?.room : null);
      batch.forEach(({ room }, index) => {
        const lastSeq = done[index]?.lastSeq;
        if (lastSeq !== undefined) for (const watcher of watchers) watcher(room, lastSeq);
      });
      return done;
    },
    since: (room, epoch, seq) => call<Entry[] | 'reset'>('since', [room, epoch, seq], room),
    compact: (room, uptoSeq, snapshotV2, kept) => call<void>('compact', [room, uptoSeq, snapshotV2, kept], room),
    versions: (room) => call<Version[]>('versions', [room], room),
    version: (room, seq) => call<Uint8Array | null>('version', [room, seq], room),
    dropVersions: (room, seqs) => call<void>('dropVersions', [room, seqs], room),
    backlogs: (rooms) => call<Backlog[]>('backlogs', [rooms]),
    rooms: () => call<RoomName[]>('rooms', []),
    erase: (room) => call<void>('erase', [room], room),
    changes: (team, after, limit) => call<RoomChanges>('changes', [team, after, limit]),
    standing: (rooms) => call<RoomChanges>('standing', [rooms]),
    watch(onCommitted) {
      watchers.add(onCommitted);
      return () => watchers.delete(onCommitted);
    },
    probe: () => call<void>('probe', []),
    async close() {
      if (closed) return;
      if (worker) await call<void>('close', []);
      closed = true;
      await worker?.terminate();
    },
  };
}
