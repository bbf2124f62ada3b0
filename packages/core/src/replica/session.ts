// Past 300 lines: the life of one open document, whose steps share its state.
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { InfraError, type View } from '../index.ts';
import type { Role, RoomName } from '../protocol/index.ts';
import { syncByBatch } from './batchSync.ts';
import { RoomConnection } from './connection.ts';
import type { DocumentCache, DraftReason, JournalRow } from './deviceStore.ts';
import { JournalTidy } from './journalTidy.ts';
import type { JournalSeat } from './journalWriter.ts';
import { peopleOf } from './people.ts';
import type { Release } from './ports.ts';
import { NotedCursor } from './roomCursor.ts';
import type { SessionHost } from './sessionHost.ts';
import { isSameSync, StateView } from './syncState.ts';
import type { Presence, ServerPort, SyncState, SyncTrouble } from './types.ts';

/** A server that does not answer over HTTP may still have sockets. */
const ANSWER_MS = 5_000;
/** How long a closed document waits between two tries to store its last edits. */
const CLOSE_RETRY_MS = 5_000;

/** Marks what comes from the journal, or from another context of this profile: not to be journaled again. */
const FROM_JOURNAL = { from: 'journal' };
const FROM_CONTEXT = { from: 'context' };

/** One document in memory: filled from cache, journal and network, its edits journaled, delivered and swept. */
export class DocumentSession {
  readonly room: RoomName;
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly people: View<readonly Presence[]>;
  readonly sync: StateView<SyncState>;
  readonly loaded: Promise<void>;
  /** Held exclusively by a drain of this very context: the socket then needs no lock of its own. */
  drainLocked = false;

  readonly #host: SessionHost;
  readonly #connection: RoomConnection | null;
  readonly #journal: JournalTidy;
  readonly #seat: JournalSeat;
  #cache: DocumentCache | null = null;
  /** Changes made elsewhere, as they came, while they are applied. */
  #incoming: Uint8Array | null = null;
  #phase: SyncState['phase'] = 'loading';
  #role: Role;
  #recordedAt: number | null = null;
  #generation: number | null = null;
  #trouble: 'lost-local' | 'document-error' | null = null;
  #wantsSocket = false;
  /** The whole document is on its way over HTTP: its socket waits. */
  #isFetched = false;
  #remembered = false;
  readonly #noted: NotedCursor;
  #closed = false;

  /** @param after - what must be over before the device is read: this room's former session */
  constructor(room: RoomName, host: SessionHost, after: Promise<unknown>) {
    this.room = room;
    this.#host = host;
    this.#noted = new NotedCursor(host.store, room);
    this.#role = host.roleOf(room);
    this.awareness = new Awareness(this.doc);
    this.awareness.setLocalState({ user: host.person, place: null });
    this.people = peopleOf(this.awareness, host.person);
    this.#connection = host.server === null ? null : this.#makeConnection(host.server);
    this.#journal = new JournalTidy(
      {
        room,
        acknowledges: () => host.server !== null && this.#connection?.status !== 'sent',
        repair: (update) => this.#cache?.write(update),
        // As if its maker had told of it: shown here too, because the server gives it to everybody but to who sends it.
        forgotten: (row) => {
          if (row.recordedSeq !== null) return;
          host.ledger.add([row]);
          this.hearRows([row]);
        },
        emptied: () => this.#noteCursor(),
      },
      host,
    );
    this.#seat = host.writer.enter(room, {
      fullState: () => Y.encodeStateAsUpdate(this.doc),
      generation: () => this.#generation,
      saved: (row, connections) => this.#saved(row, connections),
      changed: () => this.refresh(),
    });
    this.sync = new StateView(() => this.#readSync(), isSameSync);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#updated(update, origin));
    this.loaded = after.then(() => this.#load());
    this.loaded.catch(() => {});
  }

  get role(): Role {
    return this.#role;
  }

  get trouble(): SyncTrouble['code'] | null {
    if (this.#seat.isFailing) return 'no-space';
    if (this.#connection?.trouble) return this.#connection.trouble;
    // Edits made before the right to write was taken away: they stay here, and go nowhere.
    if (this.#role === 'reader' && this.#host.ledger.edits(this.room) > 0) return 'refused';
    return this.#trouble;
  }

  /** Of this room’s data on this device, which the document was filled from; null before it is loaded. */
  get generation(): number | null {
    return this.#generation;
  }

  /** Edits that are not durable yet. */
  get pendingEdits(): number {
    return this.#seat.pendingEdits;
  }

  /** Resolves when every edit made so far is durable; rejects with `no-space` when this device cannot store them now. */
  saved(): Promise<void> {
    return this.#seat.saved();
  }

  /** The server said that the document is no longer there. */
  get isErased(): boolean {
    return this.#connection?.refusal === 'deleted';
  }

  /** Why durable edits of it will not be taken by the server; null where they may, or where there are none. */
  get refusal(): DraftReason | null {
    const isQuiet = this.#phase === 'ready' && this.#seat.pendingEdits === 0;
    return isQuiet && this.#host.ledger.edits(this.room) > 0 ? (this.#connection?.refusal ?? null) : null;
  }

  /** What it stands on was put aside: it says nothing more to the server, and its holders let go. */
  supersede(): void {
    this.#phase = 'renewed';
    this.#connection?.disconnect();
    this.refresh();
  }

  refresh(): void {
    this.sync.refresh();
    this.#host.changed();
  }

  /** Gives the document a socket, or takes it away: only so many are open at once. */
  setSocket({ wanted }: { wanted: boolean }): void {
    this.#wantsSocket = wanted;
    if (this.#connection === null || this.#phase !== 'ready' || this.#closed || this.#isFetched) return;
    if (wanted) this.#connection.connect();
    else this.#connection.disconnect();
  }

  retryNow(): void {
    this.#connection?.retryNow();
  }

  /** Whether nothing of this room can be sent now: all is recorded, or the way is barred. */
  get isSettled(): boolean {
    if (this.#connection === null || this.#host.ledger.edits(this.room) === 0) return true;
    // Not because of the role that is known here: what is refused is put aside once the server has said so.
    const { status, isStopped, refusal } = this.#connection;
    return isStopped || status === 'offline' || status === 'sent' || refusal !== null;
  }

  /** Rows made durable by another context of this profile. */
  hearRows(rows: readonly { readonly rowId: string; readonly edits: number; readonly update: Uint8Array }[]): void {
    for (const { rowId, edits, update } of rows) {
      const row = { rowId, room: this.room, update, at: this.#host.ports.clock.now(), edits, recordedSeq: null };
      // The row goes out whole, and not as what of it was new here: only then does a mark speak for all of it.
      const apply = () => this.#apply(row, FROM_CONTEXT);
      if (this.#connection === null) apply();
      else this.#connection.forwardNothing(apply);
      this.#connection?.take(row, [null]);
    }
    this.refresh();
  }

  /** Waits for durability, lets go of the socket, the cache and the memory. */
  async close(): Promise<void> {
    await this.loaded.catch(() => {});
    await this.#durable();
    this.#closed = true;
    this.#journal.stop();
    this.#connection?.disconnect();
    this.#seat.leave();
    await this.#journal.lastTime();
    const cache = this.#cache;
    this.doc.destroy();
    await cache?.close();
  }

  /** The last edits stay in memory until this device can store them: whoever closed the screen believes them kept. */
  async #durable(): Promise<void> {
    try {
      await this.#seat.saved();
    } catch {
      await new Promise<void>((resolve) => void this.#host.ports.timers.after(CLOSE_RETRY_MS, resolve));
      await this.#durable();
    }
  }

  async #load(): Promise<void> {
    const { store, server, ports, names } = this.#host;
    this.#generation = await store.generationOf(this.room).catch(() => null);
    // Without a server, the journal alone is the document: nothing could make good what the cache loses.
    if (server !== null) this.#cache = await store.openCache(this.room, this.doc);
    if (this.#cache?.health === 'damaged') this.#trouble = 'document-error';
    let isEmpty = false;
    try {
      // Before anything is added to what the cache gave.
      if (this.#connection && this.#cache?.health === 'whole')
        this.#connection.cursor = await this.#noted.find(this.doc);
      const rows = await store.rowsOf(this.room);
      for (const row of rows) this.#apply(row, FROM_JOURNAL);
      if (server !== null) this.#host.ledger.add(rows.filter((row) => row.recordedSeq === null));
      this.#journal.count(rows.length);
      isEmpty = this.doc.store.clients.size === 0;
      if (isEmpty && (await ports.sentinel.has(names.sentinel(this.room, this.#generation ?? 0))))
        this.#trouble = 'lost-local';
    } catch (cause) {
      this.#trouble = 'document-error';
      this.refresh();
      throw cause instanceof InfraError
        ? cause
        : new InfraError('the document could not be read', { cause, retryable: true });
    }
    if (this.#phase === 'loading') this.#phase = 'ready';
    if (isEmpty && this.#wantsSocket) void this.#fetchWhole();
    else this.setSocket({ wanted: this.#wantsSocket });
    this.#journal.plan();
    this.refresh();
  }

  /**
   * What this device has nothing of comes over HTTP: on a slow line the provider gives a socket up before one large frame has arrived.
   * The socket then goes on from there.
   */
  async #fetchWhole(): Promise<void> {
    const { store } = this.#host;
    this.#isFetched = true;
    this.#connection?.expect();
    try {
      const outcomes = await syncByBatch(this.#host, [this.room], { answersWithinMs: ANSWER_MS });
      if (outcomes !== 'absent' && outcomes.get(this.room) === 'synced' && !this.#closed) {
        for (const update of await store.readCache(this.room)) Y.applyUpdate(this.doc, update, FROM_CONTEXT);
        // Whatever was edited here meanwhile: all that the cursor speaks of is in the document.
        if (this.#connection) this.#connection.cursor ??= await this.#noted.last();
      }
    } catch {
      // Then by the socket, as far as it gets.
    }
    this.#isFetched = false;
    this.setSocket({ wanted: this.#wantsSocket });
    this.refresh();
  }

  /** Nothing of the document waits: it is what the server’s log is up to the last row that was heard, or later. */
  async #noteCursor(): Promise<void> {
    const cursor = this.#connection?.cursor ?? null;
    const waits = this.#host.ledger.edits(this.room) > 0 || this.#seat.pendingEdits > 0;
    if (cursor !== null && !waits && this.#phase === 'ready') await this.#noted.note(this.doc, cursor);
  }

  #apply(row: JournalRow, origin: object): void {
    this.#incoming = row.update;
    try {
      Y.applyUpdate(this.doc, row.update, origin);
    } catch {
      this.#trouble = 'document-error';
    }
  }

  #updated(update: Uint8Array, origin: unknown): void {
    if (this.#host.store.isFromCache(origin)) return;
    if (this.#isLocal(origin)) {
      this.#seat.add(update, this.#connection?.liveId ?? null);
      this.refresh();
    } else if (origin !== FROM_CONTEXT) {
      // Another context caches what it wrote; the sweep repairs what it could not. As it came, and not as Yjs tells it:
      // where an edit of ours that is not durable yet wins over it, that would say that it is deleted.
      this.#cache?.write(this.#incoming ?? update);
    }
  }

  #isLocal(origin: unknown): boolean {
    return origin !== FROM_JOURNAL && origin !== FROM_CONTEXT && !(this.#connection?.isProvider(origin) ?? false);
  }

  #saved(row: JournalRow, connections: readonly (number | null)[]): void {
    // It is in the draft, with what it leans on.
    if (this.#phase === 'renewed') return;
    const { ledger, contexts, server } = this.#host;
    if (server !== null) ledger.add([row]);
    // Not before it is durable: a crash would leave an edit that only the cache has, and later ones would stand on it.
    this.#cache?.write(row.update);
    contexts.post({
      kind: 'rows',
      room: this.room,
      ...(this.#generation !== null && { generation: this.#generation }),
      rows: [{ rowId: row.rowId, edits: row.edits, update: row.update }],
    });
    this.#remember();
    this.#connection?.take(row, connections);
    this.#journal.count(1);
    this.#journal.plan();
  }

  /** Says outside IndexedDB that this document has content here: finding none later is a loss, not a new document. */
  #remember(): void {
    if (this.#remembered) return;
    this.#remembered = true;
    const { ports, names } = this.#host;
    void ports.sentinel.add(names.sentinel(this.room, this.#generation ?? 0)).catch(() => {
      this.#remembered = false;
    });
  }

  #makeConnection(server: ServerPort): RoomConnection {
    const { ports, store, ledger } = this.#host;
    return new RoomConnection({
      room: this.room,
      doc: this.doc,
      awareness: this.awareness,
      server,
      ports,
      source: {
        unsentRows: async () => {
          const rows = (await store.rowsOf(this.room)).filter((row) => row.recordedSeq === null);
          ledger.add(rows);
          // Rows of contexts that died before they could say so.
          for (const row of rows) this.#apply(row, FROM_JOURNAL);
          return rows;
        },
      },
      lock: (signal) => this.#lock(signal),
      incoming: (changes) => {
        this.#incoming = changes;
      },
      recorded: (rowIds, seq, report) => this.#recorded(rowIds, seq, report),
      synced: () => {
        // The journal, which alone held what was unsent, is here: what the cache lost, the server has just given back.
        this.#trouble = null;
        if (this.doc.store.clients.size > 0) this.#remember();
        this.refresh();
      },
      role: (role) => {
        this.#role = role;
      },
      changed: () => this.refresh(),
    });
  }

  #lock(signal: AbortSignal): Promise<Release> {
    if (this.drainLocked) return Promise.resolve(() => {});
    return this.#host.ports.locks.shared(this.#host.names.roomLock(this.room), signal);
  }

  #recorded(rowIds: readonly string[], seq: number, { everything }: { everything: boolean }): void {
    const { ledger, store, contexts, ports } = this.#host;
    ledger.remove(rowIds);
    if (everything) this.#recordedAt = ports.clock.now();
    if (rowIds.length > 0) {
      // Others are told once it is written: one that is just opening either reads it or hears it.
      const tell = () => contexts.post({ kind: 'recorded', room: this.room, rowIds: [...rowIds] });
      // If it cannot be written the rows are sent once more: never lost, only repeated.
      void store
        .recordRows(rowIds, seq)
        .then(tell, tell)
        .then(() => this.#journal.plan());
    }
    this.refresh();
  }

  #readSync(): SyncState {
    const { ledger, server } = this.#host;
    const code = this.trouble;
    return {
      phase: this.#phase,
      saving: this.#seat.pendingEdits > 0,
      unsent: server === null ? 0 : ledger.edits(this.room),
      recordedAt: this.#recordedAt,
      connection: this.#connection?.status ?? 'none',
      trouble: code === null ? null : { code, room: this.room },
    };
  }
}
