import type { View } from '../index.ts';
import { type FeedEntry, type Role, type RoomName, roomParts } from '../protocol/index.ts';
import { syncByBatch } from './batchSync.ts';
import type { BehindRoom, FeedNotes } from './deviceStore.ts';
import { forgetRoom } from './forget.ts';
import type { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';
import { StateView } from './syncState.ts';
import type { Following } from './types.ts';

/** Time between two readings of the feed while a page lives, half of it by chance. */
const PERIOD_MS = 80_000;

interface FollowerOptions {
  readonly host: SessionHost;
  /** The session of a room that a screen has open here. */
  readonly openSession: (room: RoomName) => DocumentSession | null;
  /** A page of the feed was noted. */
  readonly noted: () => Promise<void>;
}

/**
 * Keeps the documents of a scope ready on this device, also those that nobody has opened on it: reads the change feed, fetches what
 * changed, and removes what was revoked or erased.
 *
 * @see SPEC.md P24–P27
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #following: StateView<Following>;
  #behind = 0;
  #readyAt: number | null = null;
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;
  #cancelNext: () => void = () => {};
  #isAbsent = false;
  #closed = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#following = new StateView(
      () => ({ behind: this.#behind, readyAt: this.#readyAt }),
      (one, other) => one.behind === other.behind && one.readyAt === other.readyAt,
    );
  }

  get following(): View<Following> {
    return this.#following;
  }

  /** Follows from now on, for as long as the page lives. */
  keepFollowing(): void {
    if (this.#closed || this.#isAbsent || this.#options.host.server === null) return;
    this.#cancelNext();
    const planNext = () => {
      if (this.#closed || this.#isAbsent) return;
      const [chance = 0] = this.#options.host.ports.random.bytes(1);
      this.#cancelNext = this.#options.host.ports.timers.after(PERIOD_MS * (0.5 + chance / 512), () =>
        this.keepFollowing(),
      );
    };
    void this.follow().then(planNext, planNext);
  }

  /** One reading of the feed, and all that it asks for. A reading that runs is waited for. */
  follow({ rooms = Number.POSITIVE_INFINITY }: { readonly rooms?: number } = {}): Promise<void> {
    if (this.#isRunning) return this.#running;
    this.#isRunning = true;
    this.#running = this.#follow(rooms).finally(() => {
      this.#isRunning = false;
    });
    return this.#running;
  }

  close(): void {
    this.#closed = true;
    this.#cancelNext();
  }

  async #follow(most: number): Promise<void> {
    const { ports, names, server } = this.#options.host;
    if (server === null || this.#closed || this.#isAbsent) return;
    const release = await ports.locks.tryExclusive(names.feedLock);
    // Another page of this profile does it, for both.
    if (release === null) return;
    try {
      const isRead = await this.#read();
      await this.#letGo();
      await this.#fetch(isRead, most);
    } catch {
      // The device's storage did not answer: what is noted is as it was.
    } finally {
      release();
    }
  }

  /** Whether all pages were read. */
  async #read(): Promise<boolean> {
    const { server, store } = this.#options.host;
    let { cursor } = await store.feed();
    while (!this.#closed) {
      const page = await server?.feed(cursor);
      if (page === undefined || typeof page === 'string') {
        this.#isAbsent = page === 'absent';
        return false;
      }
      await store.noteFeed(await this.#notesOf(page.entries, page.cursor));
      await this.#options.noted();
      cursor = page.cursor;
      if (!page.more) return true;
    }
    return false;
  }

  /** What a page asks for. Entries say how things stand, the later ones what came of the earlier. */
  async #notesOf(entries: readonly FeedEntry[], cursor: string): Promise<FeedNotes> {
    const { store } = this.#options.host;
    const behind = new Map<RoomName, BehindRoom>();
    const leaving = new Set<RoomName>();
    const staying = new Set<RoomName>();
    const rights = new Map<RoomName, Role | null>();
    const move = (room: RoomName, to: Set<RoomName> | null) => {
      behind.delete(room);
      leaving.delete(room);
      staying.delete(room);
      to?.add(room);
    };
    for (const entry of entries) {
      if (entry.kind === 'room') {
        move(entry.room, null);
        behind.set(entry.room, { room: entry.room, epoch: entry.epoch, seq: entry.seq });
      } else if (entry.kind === 'erased') {
        move(entry.room, leaving);
        rights.set(entry.room, null);
      } else if (entry.room !== null) {
        rights.set(entry.room, entry.kind === 'grant' && entry.apart ? entry.role : null);
        move(entry.room, entry.kind === 'grant' ? staying : leaving);
      } else if (entry.team !== null) {
        // Of a whole team: all that this device holds or was to fetch of it.
        const [feed, held] = [await store.feed(), await store.heldRooms()];
        const known = [...held.map(({ room }) => room), ...feed.behind.map(({ room }) => room)];
        const concerned = entry.kind === 'grant' ? feed.leaving : known;
        for (const room of concerned) {
          if (roomParts(room).team === entry.team) move(room, entry.kind === 'grant' ? staying : leaving);
        }
        // Those that are left come after it, one by one.
        if (entry.kind === 'revoked')
          for (const { room } of feed.apart) if (roomParts(room).team === entry.team) rights.set(room, null);
      }
    }
    return {
      cursor,
      behind: [...behind.values()],
      leaving: [...leaving],
      staying: [...staying],
      rights: [...rights].map(([room, role]) => ({ room, role })),
    };
  }

  /** Removes what is no longer this account's. What waits to be sent stays as it is. */
  async #letGo(): Promise<void> {
    const { host, openSession } = this.#options;
    for (const room of (await host.store.feed()).leaving) {
      if (openSession(room) === null) await forgetRoom(host, room);
    }
  }

  async #fetch(isRead: boolean, most: number): Promise<void> {
    const { host } = this.#options;
    const { store, ports } = host;
    const missing = async () =>
      (await store.feed()).behind.filter(({ room }) => this.#options.openSession(room) === null);
    const rooms = await missing();
    this.#say(rooms.length);
    if (rooms.length > 0) {
      const outcomes = await syncByBatch(
        host,
        rooms.slice(0, most).map(({ room }) => room),
      );
      if (outcomes === 'absent') this.#isAbsent = true;
      else await this.#dropErased(outcomes);
    }
    const left = (await missing()).length;
    if (isRead && left === 0) this.#readyAt = ports.clock.now();
    this.#say(left);
  }

  /** What turned out to be gone, or not this account's: the feed says so in its own time. */
  async #dropErased(outcomes: Exclude<Awaited<ReturnType<typeof syncByBatch>>, 'absent'>): Promise<void> {
    const { store } = this.#options.host;
    const gone = [...outcomes].flatMap(([room, outcome]) => (outcome === 'erased' ? room : []));
    const { cursor } = await store.feed();
    if (gone.length > 0 && cursor !== null)
      await store.noteFeed({ cursor, behind: [], leaving: gone, staying: [], rights: [] });
  }

  #say(behind: number): void {
    this.#behind = behind;
    this.#following.refresh();
  }
}
