import type { RoomName } from '@liasse/core/protocol';
import type { FoldingThread } from './foldingThread.ts';
import { type Backlog, ErasedRoomError, type RoomStore } from './roomStore.ts';
import { SITTING_SILENCE_MS, thinned } from './sittings.ts';

/** When a room is compacted. */
export interface CompactionRules {
  /** How often the rooms that were written are looked at. */
  readonly everyMs: number;
  /** A room is quiet when nobody has written in it for so long. */
  readonly quietMs: number;
  /** What must be past the snapshot of a quiet room, unless its last sitting is over. */
  readonly rows: number;
  readonly bytes: number;
  /** A room with so many times that is compacted however busy it is. */
  readonly muchMore: number;
}

export const COMPACTION: CompactionRules = {
  everyMs: 10_000,
  quietMs: 30_000,
  rows: 500,
  bytes: 256 * 1024,
  muchMore: 8,
};

export interface CompactorOptions {
  readonly store: RoomStore;
  readonly thread: Pick<FoldingThread, 'compact'>;
  readonly rules: CompactionRules;
  readonly now: () => number;
  /** Whether writes are taken: a full disk is not filled further. */
  readonly mayWrite: () => boolean;
  readonly compacted: (outcome: 'done' | 'failed' | 'quarantined', seconds: number) => void;
  /** A room has so many bytes of log less behind it. */
  readonly saved: (room: RoomName, bytes: number) => void;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** A room that may have rows past its snapshot: when it was last written, and when it is worth looking at (ms). */
interface Written {
  readonly lastAt: number;
  readonly lookAt: number;
}

/**
 * Decides when a room is compacted, and has it done: one at a time, in a thread of its own. What is folded was read once, up to a row;
 * rows that are committed meanwhile come after it, and stay.
 */
export class Compactor {
  readonly #options: CompactorOptions;
  readonly #written = new Map<RoomName, Written>();
  readonly #stopWatching: () => void;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(options: CompactorOptions) {
    this.#options = options;
    this.#stopWatching = options.store.watch((room) => this.#note(room, options.now()));
    this.#timer = setInterval(() => void this.run(), options.rules.everyMs).unref();
  }

  /** What a former process left: looked at once, because it reads the whole log's index. */
  async begin(): Promise<void> {
    for (const { room, lastAt } of await this.#options.store.backlogs()) {
      if (!this.#written.has(room)) this.#note(room, lastAt);
    }
  }

  /** Compacts what is due now; resolves when it is done. A second call joins the first. */
  run(): Promise<void> {
    this.#running ??= this.#compactDue().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Gives up the versions that have grown old, room by room. */
  async thin(): Promise<void> {
    const { store, now } = this.#options;
    for (const room of await store.rooms()) {
      if (this.#stopped || !this.#options.mayWrite()) return;
      try {
        const old = thinned(await store.versions(room), now());
        if (old.length > 0) await store.dropVersions(room, old);
      } catch (error) {
        if (!(error instanceof ErasedRoomError)) throw error;
      }
    }
  }

  /** What is being compacted is finished first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopWatching();
    clearInterval(this.#timer);
    await this.#running?.catch(() => {});
  }

  #note(room: RoomName, at: number): void {
    const next = at + this.#options.rules.quietMs;
    // A busy room is looked at as often as a quiet one: what it gathers must not grow without end.
    this.#written.set(room, { lastAt: at, lookAt: Math.min(next, this.#written.get(room)?.lookAt ?? next) });
  }

  async #compactDue(): Promise<void> {
    const { now, mayWrite } = this.#options;
    for (const [room, { lastAt, lookAt }] of [...this.#written]) {
      if (this.#stopped || !mayWrite()) return;
      if (now() < lookAt) continue;
      const startedMs = performance.now();
      try {
        const [backlog] = await this.#options.store.backlogs([room]);
        const written = this.#written.get(room);
        this.#written.delete(room);
        if (backlog && !this.#isDue(backlog, lastAt)) {
          this.#lookLater(room, written ?? { lastAt, lookAt });
          continue;
        }
        if (backlog) await this.#compact(room, startedMs);
      } catch (error) {
        if (error instanceof ErasedRoomError) continue;
        this.#options.compacted('failed', secondsSince(startedMs));
        const reason = error instanceof Error ? error.message : 'unknown';
        this.#options.log('room-not-compacted', { room, reason });
      }
    }
  }

  /** Nothing changes for a quiet room before its last sitting is over. */
  #lookLater(room: RoomName, { lastAt }: Written): void {
    const { rules, now } = this.#options;
    const isQuiet = now() - lastAt >= rules.quietMs;
    this.#written.set(room, { lastAt, lookAt: isQuiet ? lastAt + SITTING_SILENCE_MS + 1 : now() + rules.quietMs });
  }

  #isDue({ rows, bytes }: Backlog, lastAt: number): boolean {
    const { rules, now } = this.#options;
    const quietMs = now() - lastAt;
    const weight = Math.max(rows / rules.rows, bytes / rules.bytes);
    return quietMs > SITTING_SILENCE_MS || (weight >= 1 && quietMs >= rules.quietMs) || weight >= rules.muchMore;
  }

  async #compact(room: RoomName, startedMs: number): Promise<void> {
    const { store, thread, now, compacted, saved, log } = this.#options;
    const versions = await store.versions(room);
    // Read by the thread itself where it can: neither the event loop nor who writes waits for a long log.
    const source = store.file === null ? { stored: await store.load(room) } : { file: store.file, room };
    const found = await thread.compact({ source, before: versions.at(-1) ?? null, now: now() });
    const stops = found.quarantined !== null || found.waits;
    if (stops) log('room-compaction-stopped', { room, atSeq: found.quarantined });
    if (found.room) {
      const { uptoSeq, snapshot, added, superseded, savedBytes } = found.room;
      const kept = versions.filter(({ seq }) => seq !== superseded);
      const old = thinned([...kept, ...added], now());
      await store.compact(room, uptoSeq, snapshot, {
        added: added.filter(({ seq }) => !old.includes(seq)),
        dropped: versions.flatMap(({ seq }) => (seq === superseded || old.includes(seq) ? seq : [])),
      });
      saved(room, savedBytes);
    }
    compacted(stops ? 'quarantined' : 'done', secondsSince(startedMs));
  }
}

const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / 1000;
