import type { RoomName } from '../protocol/index.ts';
import type { JournalRow } from './deviceStore.ts';
import type { SessionHost } from './sessionHost.ts';
import { fold, sweep } from './sweep.ts';

/** Quiet time after which a room's journal is tidied. */
const IDLE_MS = 5_000;
/** Rows after which it is, without waiting for quiet. */
const TIDY_ROWS = 300;
/** How old a row that nobody delivered must be to be taken for a dead context's. */
const FORGOTTEN_MS = 10_000;

/** What tidying asks of the document whose journal it is. */
interface Tidied {
  readonly room: RoomName;
  /** Whether a server says what it has recorded: without one, rows never leave by themselves. */
  readonly acknowledges: () => boolean;
  /** Writes to the cache what it turned out to lack. */
  readonly repair: (update: Uint8Array) => void;
  /** A row that nobody seems to deliver. */
  readonly forgotten: (row: JournalRow) => void;
  /** The journal holds nothing any more: what the document is, the cache has. */
  readonly emptied: () => Promise<void>;
}

/** Keeps one document's journal short: when the document is quiet, at close, and every few hundred rows. */
export class JournalTidy {
  readonly #document: Tidied;
  readonly #host: SessionHost;
  #rows = 0;
  #tidyAt = TIDY_ROWS;
  #cancelIdle: () => void = () => {};
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(document: Tidied, host: SessionHost) {
    this.#document = document;
    this.#host = host;
  }

  /** The journal holds so many more rows. */
  count(rows: number): void {
    this.#rows += rows;
  }

  plan(): void {
    if (this.#stopped) return;
    this.#cancelIdle();
    const tidy = () => {
      this.#running = this.#running.then(() => this.#tidy());
    };
    if (this.#rows >= this.#tidyAt) tidy();
    else this.#cancelIdle = this.#host.ports.timers.after(IDLE_MS, tidy);
  }

  /** Plans nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#cancelIdle();
  }

  /** Once more, after `stop`. */
  lastTime(): Promise<void> {
    return this.#tidy();
  }

  async #tidy(): Promise<void> {
    const { store, ports } = this.#host;
    const { room, acknowledges, repair, forgotten, emptied } = this.#document;
    try {
      if (!acknowledges()) {
        await this.#fold();
      } else {
        this.#rows = await sweep(store, room, repair);
        // What this sweep could not let go of is not looked at again for every row that follows.
        this.#tidyAt = this.#rows + TIDY_ROWS;
        const before = ports.clock.now() - FORGOTTEN_MS;
        const rows = await store.rowsOf(room);
        for (const row of rows) if (row.at < before) forgotten(row);
        if (rows.length === 0) await emptied();
      }
    } catch {
      // The rows stay: the next time, or the next opening, tries again.
    }
  }

  async #fold(): Promise<void> {
    const { store, ports, server, ledger, contexts } = this.#host;
    const { room } = this.#document;
    const folded = await fold(store, room, ports);
    this.#rows = 0;
    if (folded === null || server === null) return;
    const { rowId, edits } = folded.row;
    ledger.remove(folded.rowIds);
    ledger.add([folded.row]);
    contexts.post({ kind: 'folded', room, rowIds: [...folded.rowIds], row: { rowId, edits } });
  }
}
