import * as Y from 'yjs';
import {
  type Cursor,
  decodeWire,
  encodeSyncUpdate,
  encodeWire,
  MessageType,
  messageTypeOf,
  SyncType,
  WIRE_VERSION,
  WireLimits,
} from '../protocol/index.ts';
import type { JournalRow } from './deviceStore.ts';
import type { Timers } from './ports.ts';
import { syncTypeOf } from './socket.ts';

/** Rows merged into one frame: merging a flat list costs more than its length. */
const MAX_ROWS_A_FRAME = 100;

/** How long a server may leave `hello` unanswered before it is taken for one that does not know it. */
const HELLO_PATIENCE_MS = 5_000;

/** What one connection tells its room. */
export interface DeliveryReport {
  /** The server is ours: it acknowledges. */
  greeted(): void;
  /** The server has answered the exchange without a word of ours: a stock one. */
  stock(): void;
  /** The exchange is over: this side heard the whole document, or all that it had missed. */
  synced(): void;
  /** Everything up to this row has been heard. */
  at(cursor: Cursor): void;
  /**
   * The server has these rows durably.
   *
   * @param report - `everything`: and whatever else this device held when it asked
   */
  recorded(rowIds: readonly string[], seq: number, report: { everything: boolean }): void;
}

/** What a delivery asks of its room. */
export interface DeliverySource {
  /** The room's durable rows that the server has not recorded, of whatever context. */
  unsentRows(): Promise<readonly JournalRow[]>;
}

/**
 * Delivers a room's journal rows over one connection, and knows which of them the server has recorded.
 *
 * @see SPEC.md P5: a row counts as recorded only if it was pushed here before a mark whose `recorded` came back here
 */
export class Delivery {
  readonly id: number;
  readonly #send: (frame: Uint8Array) => void;
  readonly #source: DeliverySource;
  readonly #report: DeliveryReport;
  readonly #mayWrite: boolean;
  /** Pushed, and covered by no mark yet. */
  #unmarked = new Set<string>();
  readonly #marks = new Map<number, { readonly rowIds: readonly string[]; readonly everything: boolean }>();
  readonly #pushed = new Set<string>();
  /** Rows that became durable while the journal was being read. */
  #late: JournalRow[] | null = [];
  #lastMark = 0;
  #greeted = false;
  /** The provider’s question for the whole document, while the server may yet say that it need not be asked. */
  #question: Uint8Array | null = null;
  /** Waiting to hear whether the server resumes from the cursor. */
  #resumes: boolean;
  /** It was offered one, and has not said that it means nothing. */
  #mayResume: boolean;
  #endPatience: () => void = () => {};
  #exchangeOver = false;
  #answered = false;
  #markWanted = false;
  #stopped = false;

  /** @param options.cursor - where the document on this side stands, or null when it is not known */
  constructor(options: {
    id: number;
    send: (frame: Uint8Array) => void;
    source: DeliverySource;
    report: DeliveryReport;
    mayWrite: boolean;
    cursor: Cursor | null;
    timers: Timers;
  }) {
    this.id = options.id;
    this.#send = options.send;
    this.#source = options.source;
    this.#report = options.report;
    this.#mayWrite = options.mayWrite;
    const { epoch, seq } = options.cursor ?? { epoch: '', seq: 0 };
    this.#resumes = options.cursor !== null;
    this.#mayResume = this.#resumes;
    if (this.#resumes) this.#endPatience = options.timers.after(HELLO_PATIENCE_MS, () => this.#askForAll());
    this.#send(encodeWire({ type: 'hello', version: WIRE_VERSION, epoch, seq }));
  }

  /** Reads the journal and pushes what it holds; called once, after the document's own exchange has begun. */
  async start(): Promise<void> {
    let rows: readonly JournalRow[] = [];
    try {
      rows = await this.#source.unsentRows();
    } finally {
      const late = this.#late ?? [];
      this.#late = null;
      this.#push([...rows, ...late]);
      this.#markIfWanted();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#endPatience();
  }

  /**
   * Takes a row that has just become durable, here or in another context.
   *
   * @param wentOut - all of it went out on this connection when it was made
   */
  take(row: JournalRow, { wentOut }: { wentOut: boolean }): void {
    if (wentOut) this.#pushed.add(row.rowId);
    if (this.#late !== null) {
      if (wentOut) this.#unmarked.add(row.rowId);
      else this.#late.push(row);
      return;
    }
    if (wentOut) {
      this.#unmarked.add(row.rowId);
      this.#mark();
    } else {
      this.#push([row]);
    }
  }

  /** A frame from the server; false when it is ours. */
  received(frame: Uint8Array): boolean {
    const type = messageTypeOf(frame);
    if (type === null || type < MessageType.hello) {
      const kind = syncTypeOf(frame);
      // Ours asks nothing before it has said whether it resumes: who does is a stock one.
      if (kind === SyncType.step1) this.#askForAll();
      if (kind === SyncType.step2) this.#exchanged();
      return true;
    }
    const message = decodeWire(frame);
    if (message?.type === 'reset' || message?.type === 'at') this.#greet();
    if (message?.type === 'reset') {
      this.#mayResume = false;
      this.#askForAll();
    }
    if (message?.type === 'at' && this.#exchangeOver) {
      // It resumed after all, later than it was waited for: it asks nothing more, and has all but the rows.
      if (this.#mayResume && !this.#answered) this.#everythingSent();
      this.#report.at({ epoch: message.epoch, seq: message.seq });
    }
    if (message?.type === 'recorded') this.#recorded(message.n, message.seq);
    return false;
  }

  /** A frame of the provider is about to go out; false when it must not, or not yet. */
  goesOut(frame: Uint8Array): boolean {
    const kind = syncTypeOf(frame);
    if (kind === SyncType.step1 && this.#resumes) {
      this.#question = frame;
      return false;
    }
    // From here on the server holds whatever this document held: the next mark speaks for all of it.
    if (kind === SyncType.step2) queueMicrotask(() => this.#everythingSent());
    return true;
  }

  /** The server does not resume: what was held back is asked now. */
  #askForAll(): void {
    this.#endPatience();
    if (!this.#resumes || this.#stopped) return;
    this.#resumes = false;
    if (this.#question !== null) this.#send(this.#question);
    this.#question = null;
  }

  #greet(): void {
    if (this.#greeted) return;
    this.#greeted = true;
    this.#report.greeted();
  }

  #exchanged(): void {
    this.#endPatience();
    this.#exchangeOver = true;
    const resumed = this.#resumes;
    this.#resumes = false;
    this.#question = null;
    if (resumed) this.#greet();
    else if (!this.#greeted) this.#report.stock();
    this.#report.synced();
    // Who resumed has nothing but rows to give; who may only read sends no states: what the server has is all there is.
    if (resumed || !this.#mayWrite) this.#everythingSent();
  }

  #everythingSent(): void {
    this.#answered = true;
    this.#markWanted = true;
    this.#markIfWanted();
  }

  /** Also when no row waits: to hear that everything is recorded. */
  #markIfWanted(): void {
    if (this.#markWanted && this.#late === null) this.#mark();
  }

  #push(rows: readonly JournalRow[]): void {
    if (this.#stopped || !this.#mayWrite) return;
    const fresh = rows.filter((row) => row.recordedSeq === null && !this.#pushed.has(row.rowId));
    for (const group of framesOf(fresh)) {
      this.#send(
        encodeSyncUpdate(
          group.length === 1 && group[0] ? group[0].update : Y.mergeUpdates(group.map((row) => row.update)),
        ),
      );
      for (const row of group) {
        this.#pushed.add(row.rowId);
        this.#unmarked.add(row.rowId);
      }
    }
    this.#mark();
  }

  #mark(): void {
    if (this.#stopped || (this.#unmarked.size === 0 && !this.#markWanted)) return;
    this.#markWanted = false;
    this.#lastMark += 1;
    this.#marks.set(this.#lastMark, { rowIds: [...this.#unmarked], everything: this.#answered });
    this.#unmarked = new Set();
    this.#send(encodeWire({ type: 'mark', n: this.#lastMark }));
  }

  /** All received before mark `n` is durable, so every earlier mark is answered with it. */
  #recorded(n: number, seq: number): void {
    if (n > this.#lastMark) return;
    const covered = [...this.#marks].filter(([mark]) => mark <= n);
    if (covered.length === 0) return;
    for (const [mark] of covered) this.#marks.delete(mark);
    const rowIds = covered.flatMap(([, { rowIds }]) => rowIds);
    this.#report.recorded(rowIds, seq, { everything: covered.some(([, { everything }]) => everything) });
  }
}

/** Groups rows so that a frame stays within the wire's limit; a larger row goes alone. */
export function* framesOf(rows: readonly JournalRow[]): Generator<readonly JournalRow[]> {
  let group: JournalRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (group.length > 0 && (bytes + row.update.length > WireLimits.maxPushBytes || group.length >= MAX_ROWS_A_FRAME)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(row);
    bytes += row.update.length;
  }
  if (group.length > 0) yield group;
}
