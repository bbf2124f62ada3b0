import { BLOBS_ROOT, type BlobHash, type RoomName } from '@liasse/core/protocol';
import type { BlobStore } from './blobStore.ts';
import type { Compactor } from './compaction.ts';
import type { FoldingThread } from './foldingThread.ts';
import type { RoomSource } from './readRoom.ts';
import { ErasedRoomError, type RoomStore } from './roomStore.ts';

export interface HousekeepingPorts {
  readonly store: Pick<RoomStore, 'file' | 'load' | 'rooms' | 'version' | 'versions'>;
  readonly blobs: Pick<BlobStore, 'releaseRoom' | 'rooms' | 'settle' | 'sweep'>;
  readonly thread: Pick<FoldingThread, 'keys'>;
  readonly compactor: Pick<Compactor, 'begin' | 'thin'>;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

const DAY_MS = 24 * 60 * 60_000;
/** Not while everyone comes back after a start. */
const FIRST_LOOK_MS = 60_000;
const FIRST_SWEEP_MS = 10 * 60_000;

/** What a server does by itself, once a day: old versions go, and blobs that nothing refers to any more. Returns its stop. */
export function keepHouse(ports: HousekeepingPorts): () => void {
  const guarded = (event: string, run: () => Promise<void>) => () =>
    void run().catch((error: unknown) =>
      ports.log(event, { reason: error instanceof Error ? error.message : 'unknown' }),
    );
  const tidy = guarded('tidying-failed', async () => {
    await ports.compactor.thin();
    await sweepBlobs(ports);
  });
  const timers = [
    setTimeout(
      guarded('tidying-failed', () => ports.compactor.begin()),
      FIRST_LOOK_MS,
    ).unref(),
    setTimeout(tidy, FIRST_SWEEP_MS).unref(),
    setInterval(tidy, DAY_MS).unref(),
  ];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

/**
 * Finds out which blobs each room still refers to, now or in a version that is kept, and lets go of the others. Of a room that cannot be
 * read nothing is let go. Each step can be the last: what it leaves is found again by the next sweep.
 */
export async function sweepBlobs(ports: Omit<HousekeepingPorts, 'compactor'>): Promise<void> {
  const { store, blobs, log } = ports;
  const known = new Set(await store.rooms());
  for (const room of blobs.rooms()) {
    try {
      const referred = known.has(room) ? await referredBy(room, ports) : await neverWritten(room, ports);
      if (referred) blobs.settle(room, referred);
      else log('blobs-not-swept', { room });
    } catch (error) {
      if (!(error instanceof ErasedRoomError)) throw error;
      blobs.releaseRoom(room);
    }
  }
  const removed = await blobs.sweep();
  if (removed > 0) log('blobs-removed', { count: removed });
}

/** Null when something of the room cannot be read. */
async function referredBy(
  room: RoomName,
  { store, thread }: Pick<HousekeepingPorts, 'store' | 'thread'>,
): Promise<ReadonlySet<BlobHash> | null> {
  const hashes = new Set<BlobHash>();
  const versions = await store.versions(room);
  const now: RoomSource = store.file === null ? { stored: await store.load(room) } : { file: store.file, room };
  for (const state of [now, ...versions.map(({ seq }) => seq)]) {
    const source =
      typeof state === 'number' ? { stored: { snapshot: await store.version(room, state), tail: [] } } : state;
    const keys = await thread.keys(source, BLOBS_ROOT);
    if (keys === null) return null;
    for (const key of keys) hashes.add(key as BlobHash);
  }
  return hashes;
}

/** A room that bytes were put under, and no edit has reached yet. @throws {ErasedRoomError} */
async function neverWritten(
  room: RoomName,
  { store }: Pick<HousekeepingPorts, 'store'>,
): Promise<ReadonlySet<BlobHash>> {
  await store.versions(room);
  return new Set();
}
