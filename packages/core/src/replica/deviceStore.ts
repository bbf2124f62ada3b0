import type * as Y from 'yjs';
import type { BlobHash } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';

/** One batch of this device's changes of a room, as the journal keeps it until the server has it and the cache too. */
export interface JournalRow {
  readonly rowId: string;
  readonly room: RoomName;
  readonly update: Uint8Array;
  /** ms since the Unix epoch. */
  readonly at: number;
  /** How many edits it holds: what a person counts. */
  readonly edits: number;
  /** Position in the server's log at which it was recorded, or null while it was not. */
  readonly recordedSeq: number | null;
}

/** A row that the server has not recorded, without its bytes. */
export type UnsentRow = Pick<JournalRow, 'rowId' | 'room' | 'edits'>;

/** A room of which this device holds something: rows in the journal, a cache, or both. */
export interface HeldRoom {
  readonly room: RoomName;
  readonly isCached: boolean;
}

/** A blob to send, under the room that refers to it. */
export interface Upload {
  readonly hash: BlobHash;
  readonly room: RoomName;
}

/**
 * What stands between the replica and IndexedDB, for one scope and one context. Every adapter passes the same contract
 * suite (`deviceStore.contract.ts`). Methods reject with an `InfraError` only.
 */
export interface DeviceStore {
  /** All of the rows or none; resolves when they survive a crash, never before. */
  appendRows(rows: readonly JournalRow[]): Promise<void>;
  /** The rows of a room, in the order they were written. */
  rowsOf(room: RoomName): Promise<JournalRow[]>;
  unsentRows(): Promise<UnsentRow[]>;
  /** Notes that the server has these rows; they stay until the cache is known to hold them. */
  recordRows(rowIds: readonly string[], seq: number): Promise<void>;
  removeRows(rowIds: readonly string[]): Promise<void>;
  /** Removes rows and writes one in their place, both or neither. */
  replaceRows(rowIds: readonly string[], row: JournalRow): Promise<void>;
  /** Every room of which something is here, in order of name. */
  heldRooms(): Promise<HeldRoom[]>;
  /** Whether this store was ever written to: false again once the browser has wiped it. */
  isBorn(): Promise<boolean>;

  /** Fills `doc` from the room's cache and keeps the two together. Never rejects and never hangs: a cache may be damaged. */
  openCache(room: RoomName, doc: Y.Doc): Promise<DocumentCache>;
  /** Whether a transaction of that origin is a cache filling its document: already from the moment it is being opened. */
  isFromCache(origin: unknown): boolean;
  /** What the room's cache would give a fresh document: committed updates, in order. */
  readCache(room: RoomName): Promise<Uint8Array[]>;

  /** Resolves when the blob, and its place in the upload queue when `uploadUnder` names a room, survive a crash. */
  putBlob(hash: BlobHash, bytes: Blob, uploadUnder: RoomName | null): Promise<void>;
  getBlob(hash: BlobHash): Promise<Blob | null>;
  uploads(): Promise<Upload[]>;
  removeUpload(upload: Upload): Promise<void>;

  close(): Promise<void>;
}

/** The cache of one open document: a convenience of loading, never what durability rests on. */
export interface DocumentCache {
  /** `damaged`: rows could not be read and were put aside. `late`: it did not answer in time. */
  readonly health: 'whole' | 'damaged' | 'late';
  /** Stores an update, soon and without promise; it never throws. */
  write(update: Uint8Array): void;
  close(): Promise<void>;
}
