import {
  type AccountId,
  type Cursor,
  type Epoch,
  encodeSyncUpdate,
  encodeWire,
  type RoomName,
} from '@liasse/core/protocol';
import * as Y from 'yjs';
import type { Commit } from '../store/groupCommit.ts';
import type { NewEntry, RoomStore, StoredRoom } from '../store/roomStore.ts';
import { Authorship } from './authorship.ts';
import { awarenessFrame } from './frames.ts';
import { Frontier } from './frontier.ts';
import { shapeOf } from './gate.ts';
import { loadDoc } from './loadDoc.ts';
import { nestsTooDeep } from './nesting.ts';
import { Bundle, News } from './news.ts';
import { Presence } from './presence.ts';

/** A socket as its room sees it. */
export interface Peer {
  /** Sends what was committed. */
  deliver(news: News<Peer>): void;
  /** Sends changes of presence, or drops them when too much waits already. */
  sendPresence(changes: Bundle): void;
  /** `discarded`: the room must be loaded again. `store`: it cannot write. `poison`: this peer sent what breaks it. */
  dismiss(reason: 'discarded' | 'store' | 'poison'): void;
}

/** What became of a received update. `recorded`: it says nothing new, so all of it is durable already. */
export type Received = 'queued' | 'recorded' | 'malformed' | 'missing' | 'forbidden' | 'unwritable';

export type Author = Omit<NewEntry, 'update' | 'at'> & { readonly mayWrite: boolean };

interface Queued extends NewEntry {
  readonly from: Peer;
  /** Client ids under which it brings something new. */
  readonly clients: readonly number[];
  /** How many types (maps, lists, texts) it brings. */
  readonly types: number;
}

interface Settling {
  readonly after: number;
  resolve(seq: number): void;
  reject(error: unknown): void;
}

export interface RoomPorts {
  readonly commit: Commit;
  readonly since: RoomStore['since'];
  readonly now: () => number;
  /** Something to be told to whoever runs the server. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** How long changes of presence gather before they leave together. */
  readonly presenceMs: number;
  /** The disk is full: nothing is taken. */
  readonly full: () => boolean;
  /** What was to be written was not, for this reason. Resolves when the store can write again. */
  readonly writable: (error: unknown) => Promise<void>;
  /** Whether anyone may bring what others wrote: after a restore, what the backup lacked comes from whoever has it. */
  readonly anyoneBrings: () => boolean;
  /** The room in memory no longer says what the log says: forget it. */
  readonly discard: (room: Room) => void;
}

/** What is missed is held against the document from here on. */
const HEAVY_BYTES = 256 * 1024;
/** Rows past which the exchange of states costs a client less than what it missed, row by row. */
const MAX_RESUMED_ROWS = 2_000;

/**
 * One document and those who have it open. Only committed bytes ever leave: an update is judged, queued, committed,
 * and only then applied and passed on, so that no crash can take back what someone saw.
 */
export class Room {
  readonly name: RoomName;
  readonly epoch: Epoch;
  readonly doc: Y.Doc;
  readonly peers = new Set<Peer>();
  readonly presence: Presence<Peer>;
  /** Bytes of log behind the document: its memory is some fifteen times that. */
  bytes: number;
  readonly #ports: RoomPorts;
  readonly #frontier: Frontier;
  /** A row of the log is not in the document: clients are given the document, and never that row. */
  readonly #isMended: boolean;
  readonly #authorship: Authorship;
  #seq: number;
  #queue: Queued[] = [];
  #inFlight: readonly Queued[] = [];
  #committing = false;
  #accepted = 0;
  #committed = 0;
  #settling: Settling[] = [];
  #unwritable = false;

  constructor(name: RoomName, stored: StoredRoom, ports: RoomPorts) {
    const { doc, quarantined } = loadDoc(stored);
    this.name = name;
    this.epoch = stored.epoch;
    this.doc = doc;
    this.bytes = stored.tail.reduce((sum, { update }) => sum + update.length, stored.snapshot?.length ?? 0);
    this.presence = new Presence(ports.now, () => {
      setTimeout(() => this.#sendPresence(), ports.presenceMs).unref();
    });
    this.#ports = ports;
    this.#frontier = new Frontier(doc);
    this.#authorship = new Authorship(stored);
    this.#seq = stored.seq;
    this.#isMended = quarantined.length > 0;
    if (quarantined.length > 0) ports.log('room-rows-quarantined', { room: name, seqs: quarantined });
  }

  /** Number of the last row that the document holds. */
  get seq(): number {
    return this.#seq;
  }

  /** Something waits to be committed: the room must not be let go. */
  get busy(): boolean {
    return this.#committing || this.#queue.length > 0;
  }

  receive(update: Uint8Array, from: Peer, author: Author): Received {
    const shape = shapeOf(update);
    if (!shape) return 'malformed';
    const effect = this.#frontier.effectOf(shape);
    if (effect === 'none') return 'recorded';
    if (!author.mayWrite) return effect === 'formatting' ? 'recorded' : 'forbidden';
    if (effect === 'missing') return 'missing';
    if (this.#unwritable || this.#ports.full()) return 'unwritable';
    const { account, session } = author;
    const clients = this.#frontier.newIn(shape);
    if (!this.#ports.anyoneBrings() && clients.some((client) => this.#isOfAnother(client, account))) return 'malformed';
    if (shape.types.length > 0) {
      const waiting = [...this.#inFlight, ...this.#queue];
      if (nestsTooDeep(this.doc, { bytes: update, shape }, waiting)) return 'malformed';
    }
    this.#frontier.queue(shape);
    this.#authorship.queue(clients, account);
    this.#accepted += 1;
    this.#queue.push({ update, account, session, at: this.#ports.now(), from, clients, types: shape.types.length });
    if (!this.#committing) void this.#commitAll();
    return 'queued';
  }

  /** Resolves with the last row's number once all that was queued so far is durable; rejects when it cannot be. */
  settled(): Promise<number> {
    if (!this.busy) return Promise.resolve(this.#seq);
    const after = this.#accepted;
    return new Promise((resolve, reject) => {
      this.#settling.push({ after, resolve, reject });
    });
  }

  /** Whether a client that stands there can be given what it missed, row by row. */
  canResumeFrom({ epoch, seq }: Cursor): boolean {
    const missed = this.#seq - seq;
    return epoch === this.epoch && missed >= 0 && missed <= MAX_RESUMED_ROWS && !this.#isMended;
  }

  /**
   * What was committed after a row, in order: all that is durable, also what is not in the document yet.
   *
   * @returns `reset` where these rows are no longer there, cannot be read, or weigh more than the document
   */
  async updatesAfter(seq: number): Promise<readonly Uint8Array[] | 'reset'> {
    if (seq === this.#seq) return [];
    const rows = await this.#ports.since(this.name, this.epoch, seq).catch(() => 'reset' as const);
    if (rows === 'reset') return rows;
    const bytes = rows.reduce((sum, { update }) => sum + update.length, 0);
    // The document is weighed only where it may be the lighter one.
    const isHeavy = bytes > HEAVY_BYTES && bytes > Y.encodeStateAsUpdate(this.doc).length;
    return isHeavy ? 'reset' : rows.map(({ update }) => update);
  }

  /** What of an update can be applied although other parts of it lean on edits that nobody here has; null if malformed. */
  async applicableOf(update: Uint8Array): Promise<Uint8Array | null> {
    if (!shapeOf(update)) return null;
    await this.settled();
    const scratch = new Y.Doc();
    try {
      Y.applyUpdate(scratch, Y.encodeStateAsUpdate(this.doc));
      Y.applyUpdate(scratch, update);
      scratch.store.pendingStructs = null;
      scratch.store.pendingDs = null;
      return Y.encodeStateAsUpdate(scratch, Y.encodeStateVector(this.doc));
    } catch {
      return null;
    } finally {
      scratch.destroy();
    }
  }

  /** What is in memory may be broken: it is given up, and loaded again from the log by whoever comes back. */
  fail(error: unknown): void {
    this.#ports.log('room-failed', { room: this.name, reason: error instanceof Error ? error.message : 'unknown' });
    this.#ports.discard(this);
  }

  /** Someone else wrote under that id first, or is here under it and about to. */
  #isOfAnother(client: number, account: AccountId): boolean {
    const owner = this.#authorship.ownerOf(client) ?? this.presence.accountOf(client);
    return owner !== null && owner !== account;
  }

  #sendPresence(): void {
    const changes = this.presence.takeChanges();
    const forAll = new Bundle([awarenessFrame(changes)]);
    for (const peer of this.peers) {
      const own = this.presence.idOf(peer);
      const others = changes.filter(({ clientId }) => clientId !== own);
      if (others.length === 0) continue;
      peer.sendPresence(others.length === changes.length ? forAll : new Bundle([awarenessFrame(others)]));
    }
  }

  async #commitAll(): Promise<void> {
    this.#committing = true;
    try {
      while (this.#queue.length > 0) {
        const batch = this.#queue;
        this.#queue = [];
        this.#inFlight = batch;
        const entries = batch.map(({ update, account, session, at }) => ({ update, account, session, at }));
        const lastSeq = await this.#ports.commit(this.name, entries);
        this.#committed += batch.length;
        this.#publish(batch, lastSeq);
        this.#inFlight = [];
      }
      this.#frontier.clearQueued();
    } catch (error) {
      this.#dropQueue(error);
    } finally {
      this.#committing = false;
      if (this.#queue.length > 0) void this.#commitAll();
    }
  }

  #publish(batch: readonly Queued[], lastSeq: number): void {
    const updates: { frame: Uint8Array; from: Peer }[] = [];
    for (const { update, from, clients } of batch) {
      this.#authorship.committed(clients);
      if (!this.#apply(update)) {
        this.#ports.log('room-row-poisonous', { room: this.name, uptoSeq: lastSeq });
        from.dismiss('poison');
        this.#ports.discard(this);
        throw new Error('a committed row does not apply');
      }
      this.bytes += update.length;
      updates.push({ frame: encodeSyncUpdate(update), from });
    }
    this.#seq = lastSeq;
    const news = new News(updates, encodeWire({ type: 'at', epoch: this.epoch, seq: lastSeq }));
    for (const peer of this.peers) peer.deliver(news);
    const settled = this.#settling.filter(({ after }) => after <= this.#committed);
    this.#settling = this.#settling.filter(({ after }) => after > this.#committed);
    for (const { resolve } of settled) resolve(lastSeq);
  }

  /** False when the update throws, or leans on what is not there: the gate let through what it should not have. */
  #apply(update: Uint8Array): boolean {
    const { store } = this.doc;
    // Rows that lean on a quarantined one wait since the load.
    const waitedBefore = store.pendingStructs !== null || store.pendingDs !== null;
    try {
      Y.applyUpdate(this.doc, update);
      return waitedBefore || (store.pendingStructs === null && store.pendingDs === null);
    } catch {
      return false;
    }
  }

  #dropQueue(error: unknown): void {
    this.#ports.log('room-commit-failed', {
      room: this.name,
      reason: error instanceof Error ? error.message : 'unknown',
    });
    this.#queue = [];
    this.#inFlight = [];
    this.#accepted = this.#committed;
    this.#frontier.clearQueued();
    this.#authorship.dropQueued();
    const settling = this.#settling;
    this.#settling = [];
    for (const { reject } of settling) reject(error);
    this.#unwritable = true;
    for (const peer of [...this.peers]) peer.dismiss('store');
    void this.#ports.writable(error).then(() => {
      this.#unwritable = false;
    });
  }
}
