import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { CloseCode, type Cursor, MessageType, messageTypeOf, type Role, type RoomName } from '../protocol/index.ts';
import { Delivery, type DeliveryReport, type DeliverySource } from './delivery.ts';
import type { DraftReason, JournalRow } from './deviceStore.ts';
import type { Release, ReplicaPorts } from './ports.ts';
import {
  type Admission,
  carriesChanges,
  changesIn,
  type NotAdmitted,
  ownAwarenessOnly,
  socketClassFor,
} from './socket.ts';
import type { ServerPort, SyncState, SyncTrouble } from './types.ts';

const BACKOFF_FIRST_MS = 500;
const BACKOFF_LAST_MS = 30_000;
/** How long between two asks for a ticket while nobody is signed in. */
const SIGNED_OUT_MS = 30_000;
/** A right that changed is asked for again once; refused twice in a row, it is refused. So is what the server calls malformed. */
const MAX_RIGHT_CHANGES = 2;
const MAX_MALFORMED = 2;

export interface ConnectionOptions {
  readonly room: RoomName;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly server: ServerPort;
  readonly ports: ReplicaPorts;
  readonly source: DeliverySource;
  /** Waits until nobody drains the room, then holds it shared; nothing to wait for in a drain, which holds it already. */
  readonly lock: (signal: AbortSignal) => Promise<Release>;
  readonly recorded: DeliveryReport['recorded'];
  /** The changes in a frame of the server, about to be applied; null for a frame without any. */
  readonly incoming: (changes: Uint8Array | null) => void;
  /** The exchange of states is over. */
  readonly synced: () => void;
  readonly role: (role: Role) => void;
  readonly changed: () => void;
}

/** One room's road to the server: y-websocket's provider, and what is decided around it. */
export class RoomConnection {
  /** Up to where this document has heard everything; null before it has. */
  cursor: Cursor | null = null;
  status: Exclude<SyncState['connection'], 'none'> = 'offline';
  trouble: Exclude<SyncTrouble['code'], 'no-space' | 'lost-local' | 'document-error'> | null = null;

  /** Why the server would take no edit of this document, as it said last; null while it may. */
  refusal: DraftReason | null = null;

  readonly #options: ConnectionOptions;
  #provider: WebsocketProvider | null = null;
  #delivery: Delivery | null = null;
  #deliveries = 0;
  #attempts = 0;
  #rightChanges = 0;
  #malformed = 0;
  #mayWrite = true;
  #muted = false;
  #hurry: () => void = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** The connection on which an edit made now goes out at once, or null. */
  get liveId(): number | null {
    const { ws, wsconnected } = this.#provider ?? { ws: null, wsconnected: false };
    const live = wsconnected && ws !== null && ws.readyState === ws.OPEN && this.#mayWrite;
    return live ? (this.#delivery?.id ?? null) : null;
  }

  /** Neither a socket nor a hope of one before someone asks again. */
  get isStopped(): boolean {
    return this.#provider === null || !this.#provider.shouldConnect;
  }

  connect(): void {
    if (this.#provider !== null) return;
    this.#attempts = 0;
    this.#say('connecting', this.trouble);
    const { server, room, doc, awareness } = this.#options;
    this.#provider = new WebsocketProvider(server.socketUrl, room, doc, {
      awareness,
      WebSocketPolyfill: socketClassFor({
        admit: (signal) => this.#admit(signal),
        dial: (url, protocols) => this.#options.ports.dial(url, protocols),
        timers: this.#options.ports.timers,
        opened: (send) => this.#opened(send),
        received: (frame) => {
          this.#options.incoming(changesIn(frame));
          return this.#delivery?.received(frame) ?? true;
        },
        outgoing: (frame) => this.#outgoing(frame),
        closed: (code) => this.#closed(code),
      }),
      // What this applies is not forwarded, so that a dead socket would hide a tab's edits: we have our own channel.
      disableBc: true,
      // The wait between attempts is ours, with jitter; the provider's own adds nothing.
      maxBackoffTime: 0,
      shouldReconnect: (event) => this.#isWorthRetrying(event.code),
    });
  }

  /** Something is under way that comes before the first socket. */
  expect(): void {
    if (this.#provider === null) this.#say('connecting', this.trouble);
  }

  disconnect(): void {
    this.#provider?.destroy();
    this.#provider = null;
    this.#say('offline', this.trouble);
  }

  /** Tries again now: the network is back, someone signed in, a right may have been given back. */
  retryNow(): void {
    this.#attempts = 0;
    this.#rightChanges = 0;
    this.#malformed = 0;
    if (this.#provider === null || this.#delivery !== null) return;
    this.#say('connecting', this.#provider.shouldConnect ? this.trouble : null);
    this.#hurry();
    if (!this.#provider.shouldConnect) this.#provider.connect();
  }

  isProvider(origin: unknown): boolean {
    return this.#provider !== null && origin === this.#provider;
  }

  /** Applies something without the provider sending what of it is new here. */
  forwardNothing(apply: () => void): void {
    this.#muted = true;
    try {
      apply();
    } finally {
      this.#muted = false;
    }
  }

  /** Takes a row just made durable, here or in another context. */
  take(row: JournalRow, connections: readonly (number | null)[]): void {
    const wentOut = connections.every((connection) => connection === this.#delivery?.id);
    this.#delivery?.take(row, { wentOut: wentOut && this.#delivery !== null });
  }

  async #admit(signal: AbortSignal): Promise<Admission | NotAdmitted> {
    const { ports, server, room } = this.#options;
    if (this.#attempts > 0) await this.#wait(this.#backoffMs(), signal);
    this.#attempts += 1;
    const release = await this.#options.lock(signal);
    try {
      const answer = await server.ticket(room);
      signal.throwIfAborted();
      if (typeof answer === 'object') {
        this.#mayWrite = answer.role !== 'reader';
        this.refusal = this.#mayWrite ? null : 'read-only';
        this.#options.role(answer.role);
        return { ticket: answer.ticket, release };
      }
      release();
      if (answer === 'signed-out') {
        this.#say('offline', 'signed-out');
        await this.#wait(SIGNED_OUT_MS * (0.5 + fraction(ports) / 2), signal);
      }
      if (answer === 'forbidden') {
        this.#rightChanges = MAX_RIGHT_CHANGES;
        this.refusal = 'forbidden';
        return { closeCode: CloseCode.forbidden };
      }
      if (answer === 'not-found') return { closeCode: CloseCode.deleted };
      return { closeCode: 1006 };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Full jitter: a server that comes back does not meet everybody at once. */
  #backoffMs(): number {
    const ceiling = Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** this.#attempts);
    return BACKOFF_FIRST_MS + fraction(this.#options.ports) * (ceiling - BACKOFF_FIRST_MS);
  }

  #wait(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.ports.timers.after(delayMs, resolve);
      this.#hurry = () => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }

  #opened(send: (frame: Uint8Array) => void): void {
    this.#deliveries += 1;
    const delivery = new Delivery({
      id: this.#deliveries,
      send,
      source: this.#options.source,
      mayWrite: this.#mayWrite,
      cursor: this.cursor,
      timers: this.#options.ports.timers,
      report: {
        greeted: () => this.#say('online', null),
        stock: () => this.#say('sent', null),
        synced: () => {
          // Not 0: after a server's restart, nobody dials at once.
          this.#attempts = 1;
          this.#options.synced();
        },
        at: (cursor) => {
          this.cursor = cursor;
        },
        recorded: (rowIds, seq, report) => {
          this.#rightChanges = 0;
          this.#malformed = 0;
          this.#options.recorded(rowIds, seq, report);
        },
      },
    });
    this.#delivery = delivery;
    // A journal that cannot be read now is read at the next connection; what is new goes out all the same.
    void delivery.start().catch(() => {});
  }

  #outgoing(frame: Uint8Array): Uint8Array | null {
    if (messageTypeOf(frame) === MessageType.awareness) return ownAwarenessOnly(frame, this.#options.doc.clientID);
    if ((!this.#mayWrite || this.#muted) && carriesChanges(frame)) return null;
    return (this.#delivery?.goesOut(frame) ?? true) ? frame : null;
  }

  #closed(code: number): void {
    this.#delivery?.stop();
    this.#delivery = null;
    if (code === CloseCode.forbidden) this.#rightChanges += 1;
    if (code === CloseCode.malformed) this.#malformed += 1;
    if (!this.#isWorthRetrying(code)) this.refusal = refusalOf(code) ?? this.refusal;
    this.#say('offline', this.#isWorthRetrying(code) ? this.trouble : troubleOf(code));
  }

  #isWorthRetrying(code: number): boolean {
    if (code === CloseCode.ticket || code === CloseCode.tooFast) return true;
    if (code === CloseCode.forbidden) return this.#rightChanges < MAX_RIGHT_CHANGES;
    if (code === CloseCode.malformed) return this.#malformed < MAX_MALFORMED;
    return code < 4400 || code > 4499;
  }

  #say(status: RoomConnection['status'], trouble: RoomConnection['trouble']): void {
    this.status = status;
    this.trouble = trouble;
    this.#options.changed();
  }
}

function troubleOf(code: number): RoomConnection['trouble'] {
  if (code === CloseCode.clientTooOld) return 'client-too-old';
  return code === CloseCode.forbidden || code === CloseCode.deleted ? 'forbidden' : 'refused';
}

/** What makes a draft: never a size, a rate or a full disk; and of a right that changed, only the next ticket says what is left. */
function refusalOf(code: number): DraftReason | null {
  if (code === CloseCode.deleted) return 'deleted';
  return code === CloseCode.malformed ? 'malformed' : null;
}

function fraction({ random }: ReplicaPorts): number {
  const [high = 0, low = 0] = random.bytes(2);
  return (high * 256 + low) / 65_536;
}
