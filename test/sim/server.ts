import {
  type AccountId,
  CloseCode,
  decodeBatch,
  encodeBatchAnswer,
  type FeedPage,
  type Role,
  type RoomName,
  TeamId,
} from '@liasse/core/protocol';
import type { NotAsked, TicketAnswer } from '@liasse/core/replica';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { readFeed } from '../../sync-server/src/access/feed.ts';
import { Tickets } from '../../sync-server/src/access/tickets.ts';
import { answerBatch } from '../../sync-server/src/room/batch.ts';
import { admit } from '../../sync-server/src/room/door.ts';
import { Rooms } from '../../sync-server/src/room/rooms.ts';
import { TIMINGS } from '../../sync-server/src/room/timings.ts';
import { memoryRoomStore } from '../../sync-server/src/store/memoryRoomStore.ts';
import { type RoomBatch, type RoomStore, StoreError } from '../../sync-server/src/store/roomStore.ts';
import { StoreHealth } from '../../sync-server/src/store/storeHealth.ts';
import type { Chance } from './chance.ts';
import type { Oracle } from './oracle.ts';
import type { Machine, Scheduler } from './scheduler.ts';
import type { Wire } from './wire.ts';

interface Process {
  readonly machine: Machine;
  readonly rooms: Rooms;
  readonly tickets: Tickets;
  readonly store: RoomStore;
}

/** The one team of the simulation. */
const TEAM = TeamId.parse('0'.repeat(24));

/** The server: real rooms and tickets in a process that crashes, on a disk that stays. */
export class SimServer {
  /** The disk refuses writes. */
  isDiskFull = false;
  /** Longest time a call of the store takes. */
  slownessMs = 5;
  /** Called once, as soon as the next commit is on the disk and before anyone knows. */
  onNextCommit: (() => void) | null = null;
  readonly skewMs: number;
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  readonly #oracle: Oracle;
  readonly #log: (line: string) => void;
  readonly #disk: RoomStore;
  readonly #roles = new Map<AccountId, Role | null>();
  readonly #wires: () => readonly Wire[];
  #process: Process | null = null;
  #starts = 0;

  constructor(options: {
    scheduler: Scheduler;
    chance: Chance;
    oracle: Oracle;
    skewMs: number;
    log: (line: string) => void;
    wires: () => readonly Wire[];
  }) {
    this.#wires = options.wires;
    this.#scheduler = options.scheduler;
    this.#chance = options.chance;
    this.#oracle = options.oracle;
    this.#log = options.log;
    this.skewMs = options.skewMs;
    this.#disk = memoryRoomStore(() => hex(options.chance.bytes(16)));
  }

  get machine(): Machine | null {
    return this.#process?.machine ?? null;
  }

  start(): void {
    if (this.#process) return;
    this.#starts += 1;
    const machine: Machine = {
      name: `server ${this.#starts}`,
      chance: this.#chance.fork(),
      skewMs: this.skewMs,
      isAlive: true,
    };
    // Its timers must be the process's own: it is made by code that runs on it.
    this.#scheduler.after(machine, 0, () => {
      const now = () => Math.floor(this.#scheduler.now + this.skewMs);
      const log = (event: string) => this.#log(`server: ${event}`);
      const store = this.#storeOf(machine);
      const { probeMs, probeLimitMs, proofMs } = TIMINGS;
      const health = new StoreHealth({ store, now, log, probeMs, probeLimitMs, proofMs });
      store.watch(() => health.proven());
      const figures = { moved: () => {}, refused: () => {} };
      const rooms = new Rooms({ store, health, timings: TIMINGS, now, figures, log });
      this.#process = { machine, rooms, tickets: new Tickets(now), store };
    });
  }

  /** @param options.silently - nobody is told, as when the power goes; else its sockets are reset */
  crash({ silently }: { silently: boolean }): void {
    if (!this.#process) return;
    this.#process.machine.isAlive = false;
    this.#process = null;
    this.onNextCommit = null;
    for (const wire of this.#wires()) {
      if (silently) wire.health = 'dead';
      else wire.cut();
    }
  }

  roleOf(account: AccountId): Role | null {
    return this.#roles.get(account) ?? null;
  }

  setRole(account: AccountId, role: Role | null): void {
    const running = this.#process;
    const change = () => {
      this.#roles.set(account, role);
      this.#oracle.roleChanged(account, role);
      running?.rooms.closeWhere(CloseCode.forbidden, ({ right }) => right.account === account);
    };
    if (running) this.#scheduler.after(running.machine, 0, change);
    else change();
  }

  /** As `POST /api/tickets` answers. Runs on the server. */
  ticket(account: AccountId, room: RoomName): TicketAnswer {
    const role = this.roleOf(account);
    if (!this.#process) return 'retry';
    if (!role) return 'forbidden';
    const grant = { room, account, name: account, session: `session-of-${account}` };
    return { ...this.#process.tickets.issue(grant), role };
  }

  /** As `POST /api/sync/batch` answers. Runs on the server. */
  async batch(account: AccountId, asked: Uint8Array): Promise<Uint8Array | NotAsked> {
    const asks = decodeBatch(asked);
    if (!this.#process) return 'retry';
    if (!asks) return 'refused';
    const { rooms, store } = this.#process;
    const log = (event: string) => this.#log(`server: ${event}`);
    const rights = { of: (one: AccountId) => this.roleOf(one) };
    const person = { id: account, session: `session-of-${account}` };
    const answers = await answerBatch({ rights, rooms, store, log }, person, asks);
    for (const answer of answers) {
      if (answer.refused !== null) continue;
      for (const update of answer.updates) this.#oracle.gave(account, answer.room, update);
    }
    return encodeBatchAnswer(answers);
  }

  /** As `GET /api/feed` answers. Runs on the server. */
  async feed(account: AccountId, since: string | null): Promise<FeedPage | NotAsked> {
    if (!this.#process) return 'retry';
    const { store } = this.#process;
    const noRooms = () => [];
    const rights = {
      of: (one: AccountId) => this.roleOf(one),
      isApart: () => false,
      guestRoomsOf: noRooms,
      restrictedRoomsOf: noRooms,
      changesOf: noRooms,
      lastChange: 0,
    };
    const teamsOf = (one: AccountId) => {
      const role = this.roleOf(one);
      return role ? [{ id: TEAM, role }] : [];
    };
    return readFeed({ store, rights, teamsOf }, account, since);
  }

  /** A socket has been dialled. Runs on the server. */
  welcome(wire: Wire, asked: { room: RoomName; ticket: string }): void {
    const running = this.#process;
    if (!running) return;
    const door = {
      tickets: running.tickets,
      rooms: running.rooms,
      rights: { of: (account: AccountId) => this.roleOf(account) },
      turnedAway: () => {},
      suspect: () => {},
      log: (event: string) => this.#log(`server: ${event}`),
    };
    // What the rooms use of a socket, and no more.
    void admit(door, wire.serverEnd as unknown as WebSocket, asked);
  }

  async compact(room: RoomName): Promise<void> {
    const { snapshot, tail, seq } = await this.#disk.load(room);
    if (tail.length < 2) return;
    const doc = new Y.Doc();
    if (snapshot) Y.applyUpdateV2(doc, snapshot);
    for (const { update } of tail) Y.applyUpdate(doc, update);
    await this.#disk.compact(room, seq, Y.encodeStateAsUpdateV2(doc));
    doc.destroy();
  }

  #storeOf(machine: Machine): RoomStore {
    const wait = () =>
      new Promise<void>((resolve) => {
        this.#scheduler.after(machine, machine.chance.between(0, this.slownessMs), resolve);
      });
    return {
      ...this.#disk,
      load: async (room) => {
        await wait();
        const stored = await this.#disk.load(room);
        await wait();
        return stored;
      },
      since: async (room, epoch, seq) => {
        await wait();
        const rows = await this.#disk.since(room, epoch, seq);
        await wait();
        return rows;
      },
      append: async (batch: readonly RoomBatch[]) => {
        await wait();
        if (this.isDiskFull) throw new StoreError('database or disk is full');
        this.#oracle.committed(batch, this.skewMs);
        const done = await this.#disk.append(batch);
        const next = this.onNextCommit;
        this.onNextCommit = null;
        next?.();
        await wait();
        return done;
      },
      probe: async () => {
        await wait();
        if (this.isDiskFull) throw new StoreError('database or disk is full');
      },
    };
  }
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
