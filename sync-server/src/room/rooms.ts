import { CloseCode, type RoomName } from '@liasse/core/protocol';
import type { Figures } from '../metrics/figures.ts';
import { groupCommit } from '../store/groupCommit.ts';
import { ErasedRoomError, type RoomStore } from '../store/roomStore.ts';
import type { StoreHealth } from '../store/storeHealth.ts';
import { Connection, type Right } from './connection.ts';
import type { OutSocket } from './outbox.ts';
import { Room, type RoomPorts } from './room.ts';
import type { Timings } from './timings.ts';

export interface RoomsOptions {
  readonly store: RoomStore;
  readonly health: StoreHealth;
  readonly timings: Timings;
  readonly now: () => number;
  readonly figures: Pick<Figures, 'moved' | 'refused'>;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Until then (ms since the Unix epoch) anyone may bring what others wrote; 0 otherwise. */
  readonly anyoneBringsUntil?: number;
}

/** There is no room for one more room in memory. */
class RoomsFullError extends Error {}

/** The rooms in memory and their sockets: one load in flight a room, and a budget that refuses instead of dying. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #ports: RoomPorts;
  readonly #rooms = new Map<RoomName, Promise<Room>>();
  readonly #loaded = new Map<Room, { emptySince: number }>();
  readonly #connections = new Set<Connection>();
  /** Rooms in use without a socket, by how many. */
  readonly #visits = new Map<Room, number>();
  readonly #erased = new Set<RoomName>();
  readonly #timers: NodeJS.Timeout[];
  #stopped = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#ports = {
      commit: groupCommit(options.store, options),
      since: (room, epoch, seq) => options.store.since(room, epoch, seq),
      now: options.now,
      log: options.log,
      presenceMs: options.timings.presenceMs,
      full: () => options.health.state === 'disk-full',
      writable: (error) => options.health.failed(error),
      anyoneBrings: () => options.now() < (options.anyoneBringsUntil ?? 0),
      discard: (room) => this.#discard(room),
    };
    const { heartbeatMs, slowReaderMs, idleRoomMs } = options.timings;
    this.#timers = [
      setInterval(() => this.#heartbeat(), heartbeatMs).unref(),
      setInterval(() => this.#closeSlowReaders(), slowReaderMs / 4).unref(),
      setInterval(() => this.#evictIdle(), idleRoomMs / 4).unref(),
    ];
  }

  /** `bytes`: of the log behind the documents in memory. */
  get counts(): { rooms: number; connections: number; bytes: number } {
    return { rooms: this.#rooms.size, connections: this.#connections.size, bytes: this.#bytes() };
  }

  /**
   * Gives a socket its room. Nothing is read from it before the room is there.
   *
   * @throws {RoomsFullError | ErasedRoomError | StoreError} the socket is then the caller's to close
   */
  async join(socket: OutSocket, name: RoomName, right: Right): Promise<void> {
    socket.pause();
    const room = await this.#open(name);
    if (socket.readyState !== socket.OPEN) return;
    // Let go of while this waited: a second copy of the room would not hear the first.
    if (this.#stopped || !this.#loaded.has(room)) {
      socket.resume();
      socket.close(CloseCode.restart);
      return;
    }
    const connection = new Connection(socket, room, right, this.#options);
    this.#connections.add(connection);
    socket.on('close', () => this.#leave(connection));
    socket.resume();
  }

  /**
   * Gives a room to who has no socket, for as long as `use` takes.
   *
   * @throws {RoomsFullError | ErasedRoomError | StoreError}
   */
  async visit<T>(name: RoomName, use: (room: Room) => T | Promise<T>): Promise<T> {
    const room = await this.#open(name);
    const kept = this.#loaded.get(room);
    if (this.#stopped || !kept) throw new RoomsFullError();
    this.#visits.set(room, (this.#visits.get(room) ?? 0) + 1);
    try {
      return await use(room);
    } finally {
      const left = (this.#visits.get(room) ?? 1) - 1;
      if (left > 0) this.#visits.set(room, left);
      else this.#visits.delete(room);
      kept.emptySince = this.#options.now();
    }
  }

  /** The room was erased from the store: its sockets close, and nobody is let into what is in memory of it. */
  erased(name: RoomName): void {
    this.#erased.add(name);
    this.closeWhere(CloseCode.deleted, ({ room }) => room.name === name);
    for (const room of this.#loaded.keys()) if (room.name === name) this.#forget(room);
  }

  /** The log behind a room was compacted: it weighs so many bytes less in the budget. */
  lightened(name: RoomName, bytes: number): void {
    for (const room of this.#loaded.keys()) if (room.name === name) room.bytes -= bytes;
  }

  /** Closes the sockets that a change of rights concerns. */
  closeWhere(code: CloseCode, concerned: (connection: Connection) => boolean): void {
    for (const connection of this.#connections) if (concerned(connection)) connection.close(code);
  }

  /** Waits for what was received to be durable, as long as `commitGraceMs`, then closes the sockets, spread. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    const settled = Promise.allSettled([...this.#loaded.keys()].map((room) => room.settled()));
    await Promise.race([settled, after(this.#options.timings.commitGraceMs)]);
    const connections = [...this.#connections];
    // All at once, a thousand clients would come back in one instant.
    const spreadMs = Math.min(1_500, connections.length * 2);
    for (const connection of connections) {
      setTimeout(() => connection.close(CloseCode.restart), Math.random() * spreadMs);
    }
    await after(spreadMs);
  }

  #open(name: RoomName): Promise<Room> {
    const known = this.#rooms.get(name);
    if (known) return known;
    if (!this.#hasSpace()) return Promise.reject(new RoomsFullError());
    const loading = this.#load(name);
    this.#rooms.set(name, loading);
    loading.catch(() => this.#rooms.delete(name));
    return loading;
  }

  async #load(name: RoomName): Promise<Room> {
    const stored = await this.#options.store.load(name);
    // Erased since it was read.
    if (this.#erased.has(name)) throw new ErasedRoomError(name);
    const room = new Room(name, stored, this.#ports);
    this.#loaded.set(room, { emptySince: this.#options.now() });
    return room;
  }

  #hasSpace(): boolean {
    const { maxRooms, maxRoomBytes } = this.#options.timings;
    const over = () => this.#rooms.size >= maxRooms || this.#bytes() >= maxRoomBytes;
    const justNow = this.#options.now() - 1_000;
    if (over()) this.#evictWhere((emptySince) => emptySince < justNow);
    return !over();
  }

  #bytes(): number {
    let bytes = 0;
    for (const room of this.#loaded.keys()) bytes += room.bytes;
    return bytes;
  }

  #leave(connection: Connection): void {
    const { room } = connection;
    this.#connections.delete(connection);
    room.peers.delete(connection);
    room.presence.remove(connection);
    const kept = this.#loaded.get(room);
    if (kept) kept.emptySince = this.#options.now();
  }

  #discard(room: Room): void {
    this.#forget(room);
    this.closeWhere(CloseCode.restart, (connection) => connection.room === room);
  }

  #forget(room: Room): void {
    if (this.#loaded.delete(room)) this.#rooms.delete(room.name);
  }

  #evictIdle(): void {
    const before = this.#options.now() - this.#options.timings.idleRoomMs;
    this.#evictWhere((emptySince) => emptySince <= before);
  }

  #evictWhere(old: (emptySince: number) => boolean): void {
    const used = new Set([...this.#visits.keys(), ...[...this.#connections].map(({ room }) => room)]);
    for (const [room, { emptySince }] of this.#loaded) {
      if (used.has(room) || room.busy || !old(emptySince)) continue;
      this.#forget(room);
      room.doc.destroy();
    }
  }

  #heartbeat(): void {
    for (const connection of this.#connections) connection.heartbeat();
  }

  #closeSlowReaders(): void {
    const now = this.#options.now();
    for (const connection of this.#connections) {
      if (connection.outbox.stalledMs(now) > this.#options.timings.slowReaderMs) connection.close(CloseCode.slowReader);
    }
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
