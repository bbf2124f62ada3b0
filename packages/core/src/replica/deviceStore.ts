import type * as Y from 'yjs';
import type { BlobHash } from '../index.ts';
import type { Cursor, Role, RoomName } from '../protocol/index.ts';

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
  /** The generation of the room’s data that it leans on; absent where it leans on none. */
  readonly generation?: number;
}

/** A row that the server has not recorded, without its bytes. */
export type UnsentRow = Pick<JournalRow, 'rowId' | 'room' | 'edits'>;

/**
 * Why a server would not take what was edited here. `read-only`: the right to write was taken away; `forbidden`: the right to read
 * too; `deleted`: the document is no longer there; `malformed`: the server holds it for damaged.
 */
export type DraftReason = 'read-only' | 'forbidden' | 'deleted' | 'malformed';

/** What a document was on this device when the server refused edits of it: kept until a person has done with it. */
export interface Draft {
  readonly draftId: string;
  readonly room: RoomName;
  readonly reason: DraftReason;
  /** When it was put aside (ms since the Unix epoch). */
  readonly at: number;
  /** How many edits were refused: what a person counts. */
  readonly edits: number;
  /** The whole document, refused edits included: a Yjs update, V1. */
  readonly update: Uint8Array;
  /** The refused edits alone: a Yjs update, V1. */
  readonly refused: Uint8Array;
}

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

/** Up to where a room's cache holds the server's log, while the cache is exactly what `digest` says. */
export interface RoomCursor extends Cursor {
  readonly digest: string;
}

/** The change feed as far as this device has read it. */
export interface HeldFeed {
  /** Null while nothing was read. */
  readonly cursor: string | null;
  /** Rooms that it told of and that are still to be fetched, with how far they go. */
  readonly behind: readonly BehindRoom[];
  /** Rooms that were revoked or erased, and are still here. */
  readonly leaving: readonly RoomName[];
  /** Rooms in which this account has a right of their own. */
  readonly apart: readonly ApartRoom[];
}

/** A restricted dossier that this account is named in, or a meeting of another team. */
export interface ApartRoom {
  readonly room: RoomName;
  readonly role: Role;
}

export interface BehindRoom extends Cursor {
  readonly room: RoomName;
}

/** What a page of the feed changes of it. A room is on one list at most: the one it is put on last. */
export interface FeedNotes {
  readonly cursor: string;
  readonly behind: readonly BehindRoom[];
  readonly leaving: readonly RoomName[];
  /** Rooms to be on neither list. */
  readonly staying: readonly RoomName[];
  /** Rights of a room’s own, and those that are gone (null). */
  readonly rights: readonly { readonly room: RoomName; readonly role: Role | null }[];
}

/**
 * What stands between the replica and IndexedDB, for one scope and one context. Every adapter passes the same contract
 * suite (`deviceStore.contract.ts`). Methods reject with an `InfraError` only.
 */
export interface DeviceStore {
  /**
   * All of the rows or none; resolves when they survive a crash, never before. A row of a generation that was put aside
   * meanwhile goes to its draft.
   */
  appendRows(rows: readonly JournalRow[]): Promise<void>;
  /** The rows of a room, in the order they were written. */
  rowsOf(room: RoomName): Promise<JournalRow[]>;
  unsentRows(): Promise<UnsentRow[]>;
  /** Notes that the server has these rows; they stay until the cache is known to hold them. */
  recordRows(rowIds: readonly string[], seq: number): Promise<void>;
  removeRows(rowIds: readonly string[]): Promise<void>;
  /** Removes rows and writes one in their place, both or neither. */
  replaceRows(rowIds: readonly string[], row: JournalRow): Promise<void>;
  /** How often the room’s data was put aside here: 0 at first. */
  generationOf(room: RoomName): Promise<number>;
  /**
   * Keeps a draft and lets go of the room’s rows, cache and cursor, all or nothing: the room begins its next generation, empty.
   * Rows that were written since the draft was made are added to it.
   *
   * @param options.generation - the one that ends
   * @param options.holds - the rows that the draft holds
   * @returns false, with nothing done, where that generation is already over
   */
  putAside(draft: Draft, options: { generation: number; holds: readonly string[] }): Promise<boolean>;
  /** In the order in which they were put aside. */
  drafts(): Promise<Draft[]>;
  removeDraft(draftId: string): Promise<void>;
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

  /** Adds to a room's cache; resolves when it survives a crash. */
  writeCache(room: RoomName, updates: readonly Uint8Array[]): Promise<void>;
  roomCursor(room: RoomName): Promise<RoomCursor | null>;
  /** Notes that the cache holds the room up to a cursor; a room that was behind, and no further than that, no longer is. */
  noteCursor(room: RoomName, cursor: RoomCursor): Promise<void>;
  feed(): Promise<HeldFeed>;
  /** All of a page or nothing. */
  noteFeed(notes: FeedNotes): Promise<void>;
  /**
   * Removes a room from this device and from the lists of the feed. Where anything of it waits to be sent, the rows stay, and so does the
   * cache they stand on.
   *
   * @returns whether it is gone
   */
  forgetRoom(room: RoomName): Promise<boolean>;

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
