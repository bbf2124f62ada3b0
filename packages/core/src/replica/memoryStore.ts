import * as Y from 'yjs';
import { type BlobHash, InfraError } from '../index.ts';
import type { Role, RoomName } from '../protocol/index.ts';
import type { BehindRoom, DeviceStore, DocumentCache, Draft, JournalRow, RoomCursor, Upload } from './deviceStore.ts';
import { withLateRow, withLateRows } from './drafts.ts';
import { heldRoomsOf } from './heldDocument.ts';

/**
 * A disk in memory, for tests and simulations: several stores (contexts) stand on it, and it decides when and whether a
 * write is committed.
 */
export interface MemoryDisk {
  readonly rows: Map<string, JournalRow>;
  readonly cache: Map<RoomName, Uint8Array[]>;
  readonly generations: Map<RoomName, number>;
  /** Each with the generation of its room that it closed. */
  readonly drafts: Map<string, { readonly draft: Draft; readonly generation: number }>;
  readonly blobs: Map<BlobHash, Blob>;
  readonly uploads: Map<string, Upload>;
  readonly cursors: Map<RoomName, RoomCursor>;
  readonly behind: Map<RoomName, BehindRoom>;
  readonly leaving: Set<RoomName>;
  readonly apart: Map<RoomName, Role>;
  feedCursor: string | null;
  born: boolean;
  /** Called before each durable write is committed: wait in it to delay the commit, throw to refuse it. */
  beforeCommit: () => Promise<void>;
  /** Called before the cache keeps an update: false loses it, as a full or failing cache silently does. */
  keepInCache: (room: RoomName, update: Uint8Array) => boolean;
}

export function createMemoryDisk(): MemoryDisk {
  return {
    rows: new Map(),
    cache: new Map(),
    generations: new Map(),
    drafts: new Map(),
    blobs: new Map(),
    uploads: new Map(),
    cursors: new Map(),
    behind: new Map(),
    leaving: new Set(),
    apart: new Map(),
    feedCursor: null,
    born: false,
    beforeCommit: async () => {},
    keepInCache: () => true,
  };
}

/**
 * A context's store on a disk in memory.
 *
 * @param life - aborted when the context dies: what it had not committed is lost, and it commits nothing more
 */
export function createMemoryStore(disk: MemoryDisk, life: AbortSignal = new AbortController().signal): DeviceStore {
  const commit = async (write: () => void): Promise<void> => {
    try {
      await disk.beforeCommit();
    } catch (cause) {
      throw new InfraError('the disk refused a write', { cause, retryable: true });
    }
    if (life.aborted) await new Promise<never>(() => {});
    disk.born = true;
    write();
  };
  const generationOf = (room: RoomName) => disk.generations.get(room) ?? 0;
  const uploadKey = (upload: Upload) => `${upload.hash} ${upload.room}`;

  return {
    appendRows: (rows) =>
      commit(() => {
        for (const row of rows) {
          if (row.generation !== undefined && row.generation < generationOf(row.room)) addToDraft(disk, row);
          else disk.rows.set(row.rowId, row);
        }
      }),
    rowsOf: async (room) => [...disk.rows.values()].filter((row) => row.room === room),
    unsentRows: async () => [...disk.rows.values()].filter((row) => row.recordedSeq === null),
    recordRows: (rowIds, seq) =>
      commit(() => {
        for (const rowId of rowIds) {
          const row = disk.rows.get(rowId);
          if (row) disk.rows.set(rowId, { ...row, recordedSeq: seq });
        }
      }),
    removeRows: (rowIds) =>
      commit(() => {
        for (const rowId of rowIds) disk.rows.delete(rowId);
      }),
    replaceRows: (rowIds, row) =>
      commit(() => {
        for (const rowId of rowIds) disk.rows.delete(rowId);
        disk.rows.set(row.rowId, row);
      }),
    generationOf: async (room) => generationOf(room),
    putAside: async (draft, { generation, holds }) => {
      const { room } = draft;
      let done = false;
      await commit(() => {
        done = generationOf(room) === generation;
        if (!done) return;
        const left = [...disk.rows.values()].filter((row) => row.room === room);
        disk.drafts.set(draft.draftId, { draft: withLateRows(draft, left, holds), generation });
        for (const { rowId } of left) disk.rows.delete(rowId);
        disk.cursors.delete(room);
        disk.cache.delete(room);
        disk.generations.set(room, generation + 1);
      });
      return done;
    },
    drafts: async () => [...disk.drafts.values()].map(({ draft }) => draft),
    removeDraft: (draftId) => commit(() => void disk.drafts.delete(draftId)),
    heldRooms: async () =>
      heldRoomsOf(
        [...disk.rows.values()].map(({ room }) => room),
        [...disk.cache.keys()],
      ),
    isBorn: async () => disk.born,
    openCache: async (room, doc) => openMemoryCache(disk, room, doc, life),
    isFromCache: (origin) => origin === FROM_CACHE,
    readCache: async (room) => [...(disk.cache.get(room) ?? [])],
    writeCache: (room, updates) =>
      commit(() => void disk.cache.set(room, [...(disk.cache.get(room) ?? []), ...updates])),
    roomCursor: async (room) => disk.cursors.get(room) ?? null,
    noteCursor: (room, cursor) =>
      commit(() => {
        disk.cursors.set(room, cursor);
        const behind = disk.behind.get(room);
        if (behind && reaches(cursor, behind)) disk.behind.delete(room);
      }),
    feed: async () => ({
      cursor: disk.feedCursor,
      behind: [...disk.behind.values()],
      leaving: [...disk.leaving],
      apart: [...disk.apart].map(([room, role]) => ({ room, role })),
    }),
    noteFeed: ({ cursor, behind, leaving, staying, rights }) =>
      commit(() => {
        disk.feedCursor = cursor;
        for (const room of [...behind.map((one) => one.room), ...leaving, ...staying]) {
          disk.behind.delete(room);
          disk.leaving.delete(room);
        }
        for (const one of behind) disk.behind.set(one.room, one);
        for (const room of leaving) disk.leaving.add(room);
        for (const { room, role } of rights) {
          if (role === null) disk.apart.delete(room);
          else disk.apart.set(room, role);
        }
      }),
    forgetRoom: async (room) => {
      let isGone = false;
      await commit(() => {
        disk.behind.delete(room);
        disk.leaving.delete(room);
        const rows = [...disk.rows.values()].filter((row) => row.room === room);
        const waits = [...disk.uploads.values()].some((upload) => upload.room === room);
        isGone = !waits && rows.every((row) => row.recordedSeq !== null);
        if (!isGone) return;
        for (const { rowId } of rows) disk.rows.delete(rowId);
        disk.cache.delete(room);
        disk.cursors.delete(room);
      });
      return isGone;
    },
    putBlob: (hash, bytes, uploadUnder) =>
      commit(() => {
        disk.blobs.set(hash, bytes);
        if (uploadUnder === null) return;
        const upload = { hash, room: uploadUnder };
        disk.uploads.set(uploadKey(upload), upload);
      }),
    getBlob: async (hash) => disk.blobs.get(hash) ?? null,
    uploads: async () => [...disk.uploads.values()],
    removeUpload: (upload) => commit(() => void disk.uploads.delete(uploadKey(upload))),
    close: async () => {},
  };
}

function addToDraft(disk: MemoryDisk, row: JournalRow): void {
  const { rowId: draftId, room, at, edits, update, generation = 0 } = row;
  const known = [...disk.drafts.values()].find((one) => one.draft.room === room && one.generation === generation);
  const draft: Draft = known
    ? withLateRow(known.draft, row)
    : { draftId, room, reason: 'read-only', at, edits, update, refused: update };
  disk.drafts.set(draft.draftId, { draft, generation });
}
/** Whether a cursor says all that was to be fetched. Of another epoch nothing can be said: it is fetched once more. */
export const reaches = (cursor: RoomCursor, behind: BehindRoom): boolean =>
  cursor.epoch === behind.epoch && cursor.seq >= behind.seq;

const FROM_CACHE = { from: 'cache' };

function openMemoryCache(disk: MemoryDisk, room: RoomName, doc: Y.Doc, life: AbortSignal): DocumentCache {
  const generation = disk.generations.get(room) ?? 0;
  let health: DocumentCache['health'] = 'whole';
  for (const update of disk.cache.get(room) ?? []) {
    try {
      Y.applyUpdate(doc, update, FROM_CACHE);
    } catch {
      health = 'damaged';
    }
  }
  return {
    health,
    write: (update) => {
      const isOver = generation !== (disk.generations.get(room) ?? 0);
      if (life.aborted || isOver || !disk.keepInCache(room, update)) return;
      const updates = disk.cache.get(room) ?? [];
      disk.cache.set(room, updates);
      updates.push(update);
    },
    close: async () => {},
  };
}
