import { type AccountId, MessageType, type Role, type RoomName, SyncType } from '@liasse/core/protocol';
import { type Draft, documentOf, type JournalRow, type MemoryDisk } from '@liasse/core/replica';
import * as Y from 'yjs';
import type { RoomBatch } from '../../sync-server/src/store/roomStore.ts';
import type { Scheduler } from './scheduler.ts';

/** Whoever keeps documents on a device: a browser profile. */
export interface Keeper {
  readonly name: string;
  readonly disk: MemoryDisk;
}

/** An edit that someone made, and what they were told of it. */
export interface Edit {
  readonly id: string;
  readonly room: RoomName;
  readonly account: AccountId;
  readonly profile: Keeper;
  /** Its structs: of that client, below that clock. */
  readonly client: number;
  readonly clock: number;
  /** The edit whose mark it took away. */
  readonly removes: string | null;
  /** When a page said that it is kept on this device; null while none did. */
  savedAt: number | null;
  wasRecorded: boolean;
}

/** Knows what is truly on each disk, and compares it with what each party says. */
export class Oracle {
  readonly violations: string[] = [];
  readonly edits: Edit[] = [];
  readonly #scheduler: Scheduler;
  /** What the server's disk holds. */
  readonly #committed = new Map<RoomName, Y.Doc>();
  /** What a device's journal ever held, with all that the server's disk holds: what a cache may say. */
  readonly #known = new Map<Keeper, Map<RoomName, Y.Doc>>();
  readonly #journaled = new Map<Keeper, Map<number, number>>();
  readonly #roles = new Map<AccountId, { readonly at: number; readonly role: Role | null }[]>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Notes a violation; the simulation ends at the first. */
  violated(what: string): void {
    this.violations.push(what);
  }

  committedDoc(room: RoomName): Y.Doc {
    const doc = this.#committed.get(room) ?? new Y.Doc();
    this.#committed.set(room, doc);
    return doc;
  }

  isCommitted({ room, client, clock }: Edit): boolean {
    return Y.getState(this.committedDoc(room).store, client) >= clock;
  }

  isRowCommitted({ room, update }: JournalRow): boolean {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.committedDoc(room)));
    const isThere = holds(copy, update);
    copy.destroy();
    return isThere;
  }

  isJournaled({ profile, client, clock }: Edit): boolean {
    return (this.#journaled.get(profile)?.get(client) ?? 0) >= clock;
  }

  /** Whether a draft on the device holds the edit, also where it leans on what the cache lost. */
  isInDraft({ profile, room, client, clock }: Edit): boolean {
    for (const { draft } of profile.disk.drafts.values()) {
      if (draft.room !== room) continue;
      const doc = documentOf(draft);
      const reached = Y.getState(doc.store, client);
      doc.destroy();
      const refused = Y.parseUpdateMeta(draft.refused).to.get(client) ?? 0;
      if (Math.max(reached, refused) >= clock) return true;
    }
    return false;
  }

  /** Whether the edit is where it can be found again: with the server, in a draft, or waiting on its device. */
  isKept(edit: Edit): boolean {
    const waits = (row: JournalRow) =>
      row.room === edit.room && (Y.parseUpdateMeta(row.update).to.get(edit.client) ?? 0) >= edit.clock;
    return this.isCommitted(edit) || this.isInDraft(edit) || [...edit.profile.disk.rows.values()].some(waits);
  }

  /** A device puts a room aside (P43): all that waited in it is in the draft, and somebody did lose a right. */
  putAside(profile: Keeper, draft: Draft, unsent: readonly JournalRow[]): void {
    const doc = documentOf(draft);
    for (const row of unsent)
      if (!holds(doc, row.update)) this.violated(`${profile.name} puts ${draft.room} aside without row ${row.rowId}`);
    doc.destroy();
    const account = this.edits.find((edit) => edit.profile === profile)?.account;
    const roles = account === undefined ? [] : (this.#roles.get(account) ?? []);
    if (roles.every(({ role }) => role === 'editor' || role === 'owner'))
      this.violated(`${profile.name} puts ${draft.room} aside, whose person never lost a right`);
  }

  /** A page says that an edit is kept on this device. */
  saidSaved(edit: Edit): void {
    if (!this.isJournaled(edit)) this.violated(`${edit.id} was shown as saved and is on no disk`);
    edit.savedAt ??= this.#scheduler.now;
  }

  /** A page says that the server has an edit. */
  saidRecorded(edit: Edit): void {
    if (!this.isCommitted(edit)) this.violated(`${edit.id} was shown as recorded and is not on the server’s disk`);
    edit.wasRecorded = true;
  }

  /** Rows are on a device's disk. */
  durable(profile: Keeper, rows: readonly JournalRow[]): void {
    const reach = this.#journaled.get(profile) ?? new Map<number, number>();
    this.#journaled.set(profile, reach);
    for (const { room, update } of rows) {
      const { from, to } = Y.parseUpdateMeta(update);
      for (const [client, clock] of to) {
        const reached = reach.get(client) ?? 0;
        if ((from.get(client) ?? 0) <= reached) reach.set(client, Math.max(reached, clock));
      }
      Y.applyUpdate(this.#knownDoc(profile, room), update);
    }
  }

  /** A device notes that the server has these rows. */
  recorded(profile: Keeper, rows: readonly JournalRow[]): void {
    for (const { room, update, rowId } of rows) {
      if (!holds(this.committedDoc(room), update))
        this.violated(`${profile.name} was told that row ${rowId} is recorded, and the server’s disk does not have it`);
    }
  }

  /** A device lets go of rows (P6): what is left, in cache and journal, says all that they say. */
  removed(profile: Keeper, rows: readonly JournalRow[]): void {
    const gone = new Set(rows.map(({ rowId }) => rowId));
    for (const row of rows) {
      const left = new Y.Doc();
      for (const update of profile.disk.cache.get(row.room) ?? []) Y.applyUpdate(left, update);
      for (const other of profile.disk.rows.values())
        if (other.room === row.room && !gone.has(other.rowId)) Y.applyUpdate(left, other.update);
      if (row.recordedSeq === null) this.violated(`${profile.name} let go of row ${row.rowId}, which was not recorded`);
      if (!holds(left, row.update))
        this.violated(`${profile.name} let go of row ${row.rowId}, which nothing else holds`);
      left.destroy();
    }
  }

  /** A device writes to a cache (P22). */
  cached(profile: Keeper, room: RoomName, update: Uint8Array): void {
    if (!holds(this.#knownDoc(profile, room), update))
      this.violated(`${profile.name} caches what neither its journal nor the server holds`);
  }

  /** Rows are on the server's disk. */
  committed(batch: readonly RoomBatch[], serverSkewMs: number): void {
    for (const { room, entries } of batch) {
      const doc = this.committedDoc(room);
      for (const { update, account, at } of entries) {
        Y.applyUpdate(doc, update);
        if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
          this.violated(`a row of ${account} in ${room} leans on what the server’s disk does not have`);
        for (const known of this.#known.values()) {
          const there = known.get(room);
          if (there) Y.applyUpdate(there, update);
        }
        const role = this.#roleAt(account, at - serverSkewMs);
        if (role !== 'editor' && role !== 'owner')
          this.violated(`a row of ${account}, who was ${role ?? 'nobody'} then`);
      }
    }
  }

  roleChanged(account: AccountId, role: Role | null): void {
    const history = this.#roles.get(account) ?? [];
    this.#roles.set(account, history);
    history.push({ at: this.#scheduler.now, role });
  }

  /** The server sends a frame to someone. */
  served(account: AccountId, room: RoomName, frame: Uint8Array): void {
    const update = updateIn(frame);
    if (update) this.gave(account, room, update);
  }

  /** The server sends changes to someone, in a frame or in a batch. */
  gave(account: AccountId, room: RoomName, update: Uint8Array): void {
    if (!holds(this.committedDoc(room), update))
      this.violated(`the server sends ${account} what its disk does not have`);
    if (this.#roleAt(account, this.#scheduler.now) === null)
      this.violated(`the server sends ${account}, who has no right`);
  }

  /** The role that may be acted on at that time: at the moment of a change, either. */
  #roleAt(account: AccountId, at: number): Role | null {
    const history = this.#roles.get(account) ?? [];
    const before = history.filter((one) => one.at <= at);
    const last = before.at(-1);
    if (last?.at === at && before.length > 1) {
      const roles = [last.role, before.at(-2)?.role ?? null];
      return roles.find((role) => role === 'editor' || role === 'owner') ?? roles.find((role) => role !== null) ?? null;
    }
    return last?.role ?? null;
  }

  #knownDoc(profile: Keeper, room: RoomName): Y.Doc {
    const docs = this.#known.get(profile) ?? new Map<RoomName, Y.Doc>();
    this.#known.set(profile, docs);
    let doc = docs.get(room);
    if (!doc) {
      doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.committedDoc(room)));
      docs.set(room, doc);
    }
    return doc;
  }
}

/** Whether an update says nothing new. When it does, the document is spoilt: the simulation ends there. */
export function holds(doc: Y.Doc, update: Uint8Array): boolean {
  let isNew = false;
  const notice = () => {
    isNew = true;
  };
  doc.on('update', notice);
  const waited = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  Y.applyUpdate(doc, update);
  doc.off('update', notice);
  return !isNew && (waited || (doc.store.pendingStructs === null && doc.store.pendingDs === null));
}

/** The update in a sync frame, or null. */
function updateIn(frame: Uint8Array): Uint8Array | null {
  if (frame[0] !== MessageType.sync || frame[1] === SyncType.step1) return null;
  let at = 2;
  // Its length stands before it, in bytes of which the last is below 128.
  while ((frame[at] ?? 0) >= 128) at += 1;
  return frame.subarray(at + 1);
}
