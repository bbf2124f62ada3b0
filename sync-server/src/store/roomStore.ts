import type { AccountId, Epoch, RoomName, TeamId } from '@liasse/core/protocol';

/** A row to be written: an update exactly as it was received, and who sent it. */
export interface NewEntry {
  /** A Yjs update, V1. */
  readonly update: Uint8Array;
  readonly account: AccountId;
  /** The sign-in that sent it: what one person did in one sitting. */
  readonly session: string;
  /** When the server received it (ms since the Unix epoch). */
  readonly at: number;
}

/** A row of a room's log. `seq` starts at 1 and has no gaps. */
export interface Entry extends NewEntry {
  readonly seq: number;
}

/** What is needed to rebuild a room: the compacted prefix, then the rows after it. */
export interface StoredRoom {
  readonly epoch: Epoch;
  /** The last row's number; 0 for an empty log. */
  readonly seq: number;
  /** A Yjs update, V2, that stands for the rows no longer in `tail`. */
  readonly snapshot: Uint8Array | null;
  readonly tail: readonly Entry[];
}

/** What one person wrote under one sign-in, without half an hour of silence. `at`: its last row so far (ms). */
export interface Sitting {
  readonly account: AccountId;
  readonly session: string;
  readonly at: number;
}

/** A state of a room that is kept, without its bytes. */
export interface Version {
  readonly seq: number;
  /** Time of the row `seq`. */
  readonly at: number;
  /** Who wrote the rows since the version before, in the order they first wrote. */
  readonly accounts: readonly AccountId[];
  /** Sittings that went on, as far as was known. When all of them did, the next version takes the place of this one. */
  readonly open: readonly Sitting[];
}

export interface NewVersion extends Version {
  /** A Yjs update, V2. */
  readonly snapshot: Uint8Array;
}

/** What becomes of a room's versions when its log is compacted. */
export interface KeptVersions {
  readonly added: readonly NewVersion[];
  /** Numbers of those that go. */
  readonly dropped: readonly number[];
}

/** The rows of a room that are past its snapshot. */
export interface Backlog {
  readonly room: RoomName;
  readonly rows: number;
  readonly bytes: number;
  /** When the last of them came (ms). */
  readonly lastAt: number;
}

/** Where a room stands, and when, among all changes of the log, it last changed. */
export interface RoomChange {
  readonly room: RoomName;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly isErased: boolean;
  /** Grows with each commit of any room, in commit order. */
  readonly change: number;
}

export interface RoomChanges {
  /** Whose numbers these are: another log’s mean nothing. New with each store, and with each restore. */
  readonly log: string;
  readonly changes: readonly RoomChange[];
}

export interface RoomBatch {
  readonly room: RoomName;
  readonly entries: readonly NewEntry[];
}

/**
 * Durable log of rooms. Every adapter passes the same contract suite (`roomStore.contract.ts`), crash cases included.
 * Methods reject with `StoreError` when the store does not answer and with `ErasedRoomError` for an erased room.
 */
export interface RoomStore {
  /** The SQLite file, which a thread may read by itself; null for a store that has none. */
  readonly file: string | null;
  /** A room that was never seen is made here, empty, under a fresh epoch. */
  load(room: RoomName): Promise<StoredRoom>;
  /**
   * Adds rows, all of them or none. Resolves only when they are durable, with each room's last number in the order of
   * `batch`.
   */
  append(batch: readonly RoomBatch[]): Promise<readonly { readonly lastSeq: number }[]>;
  /** The rows after `seq`; `reset` when the epoch is another's, or those rows were compacted, or never existed. */
  since(room: RoomName, epoch: Epoch, seq: number): Promise<readonly Entry[] | 'reset'>;
  /**
   * Replaces the rows up to `uptoSeq` by a snapshot and changes the versions, in one transaction.
   *
   * @param kept - without it, the snapshot itself is kept as a version
   */
  compact(room: RoomName, uptoSeq: number, snapshotV2: Uint8Array, kept?: KeptVersions): Promise<void>;
  /** Oldest first. */
  versions(room: RoomName): Promise<readonly Version[]>;
  /** A version's bytes; null when there is none of that number. */
  version(room: RoomName, seq: number): Promise<Uint8Array | null>;
  dropVersions(room: RoomName, seqs: readonly number[]): Promise<void>;
  /** Of these rooms, or of all, those that have rows past their snapshot. */
  backlogs(rooms?: readonly RoomName[]): Promise<readonly Backlog[]>;
  /** Every room that was not erased. */
  rooms(): Promise<readonly RoomName[]>;
  /**
   * Removes rows, snapshot and versions, and leaves a tombstone: the room cannot be loaded or written again. What was removed cannot be
   * found in the store's files either.
   */
  erase(room: RoomName): Promise<void>;
  /** A team’s rooms that were written or erased after change `after`, in the order of their last change, at most `limit`. */
  changes(team: TeamId, after: number, limit: number): Promise<RoomChanges>;
  /** Where these rooms stand, in the order of their last change; without those that were never written. */
  standing(rooms: readonly RoomName[]): Promise<RoomChanges>;
  /** Calls back after each commit of a room, also another node's. Returns its unsubscribe. */
  watch(onCommitted: (room: RoomName, lastSeq: number) => void): () => void;
  /** Resolves when a write of no meaning, as large as an ordinary edit, has become durable: the store works again. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** The store did not do what it was asked (disk full, file gone, worker dead). Nothing of the call may be relied on. */
export class StoreError extends Error {
  /** There was no space for it. */
  readonly full: boolean;

  constructor(message: string, { full = false, ...options }: { cause?: unknown; full?: boolean } = {}) {
    super(message, options);
    this.full = full;
    this.name = 'StoreError';
  }
}

/** The room was erased: its devices must forget it too. */
export class ErasedRoomError extends Error {
  constructor(room: RoomName) {
    super(`erased room ${room}`);
    this.name = 'ErasedRoomError';
  }
}
