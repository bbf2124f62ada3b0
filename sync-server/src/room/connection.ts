import {
  type AccountId,
  CloseCode,
  type Cursor,
  encodeSyncUpdate,
  encodeWire,
  type Role,
  WIRE_VERSION,
  WireLimits,
} from '@liasse/core/protocol';
import { Bucket } from '../access/bucket.ts';
import type { Figures } from '../metrics/figures.ts';
import { awarenessFrame, type ClientMessage, EMPTY_STEP2, readFrame, step1Frame, step2Frame } from './frames.ts';
import type { Bundle, News } from './news.ts';
import { Outbox, type OutSocket } from './outbox.ts';
import type { Author, Peer, Room } from './room.ts';
import type { Timings } from './timings.ts';

/** Whose socket it is, and what they may do: asked again at each message. */
export interface Right {
  readonly account: AccountId;
  readonly name: string;
  readonly session: string;
  /** What they might do when they came in. */
  readonly enteredAs: Role;
  /** Null when the person may no longer read the room. */
  role(): Role | null;
}

export interface ConnectionOptions {
  readonly now: () => number;
  readonly timings: Timings;
  readonly figures: Pick<Figures, 'moved' | 'refused'>;
}

const MESSAGE_RATE = { burst: 20_000, perSecond: 2_000 };
// Each asks for an encoding of the whole document.
const STEP1_RATE = { burst: 20, perSecond: 1 };
const ASK_AGAIN_MS = 5_000;
const MAX_HELD_MARKS = 1_000;
// Received but not yet durable: beyond, the socket is not read until the disk has caught up.
const MAX_UNSETTLED_BYTES = 4 * 1024 * 1024;
const LINGER_MS = 3_000;
const QUIET_TICKS = 3;

/** One socket of one room: reads what its client says, answers it, and closes it with a code that says why. */
export class Connection implements Peer {
  readonly right: Right;
  readonly room: Room;
  readonly outbox: Outbox;
  readonly #socket: OutSocket;
  readonly #figures: ConnectionOptions['figures'];
  readonly #now: () => number;
  readonly #messages: Bucket;
  readonly #step1s: Bucket;
  /** The client said `hello`: it understands our messages. */
  #ours = false;
  /** All of the document up to some row was sent: `at` may be said. */
  #caughtUp = false;
  #askedAt = 0;
  #asked = false;
  /** Something was received that leans on edits that are not here: nothing may be said to be recorded. */
  #unresolved = false;
  #heldMarks: number[] = [];
  #marksWaiting = 0;
  #unsettledBytes = 0;
  #missedPresence = false;
  #quietTicks = 0;
  #closed = false;

  constructor(socket: OutSocket, room: Room, right: Right, options: ConnectionOptions) {
    const now = options.now();
    this.right = right;
    this.room = room;
    this.#figures = options.figures;
    const sent = (bytes: number) => options.figures.moved('sent', 'socket', bytes);
    this.outbox = new Outbox(socket, { highWaterBytes: options.timings.highWaterBytes, now, sent });
    this.#socket = socket;
    this.#now = options.now;
    this.#messages = new Bucket(MESSAGE_RATE, now);
    this.#step1s = new Bucket(STEP1_RATE, now);
    socket.on('message', (data: Buffer, isBinary) => this.#onData(isBinary ? data : null));
    socket.on('pong', () => {
      this.#quietTicks = 0;
    });
  }

  close(code: CloseCode): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#figures.refused('socket', String(code));
    this.#socket.resume();
    this.#socket.close(code);
    // Who does not read does not answer a closing handshake either.
    setTimeout(() => this.#socket.terminate(), LINGER_MS).unref();
  }

  deliver(news: News<Peer>): void {
    // What is said to be recorded follows at once.
    if (this.#marksWaiting > 0) this.outbox.hold();
    this.outbox.sendAll(news.bundleFor(this, { withAt: this.#ours && this.#caughtUp }));
  }

  dismiss(reason: 'discarded' | 'store' | 'poison'): void {
    this.close({ discarded: CloseCode.restart, store: CloseCode.store, poison: CloseCode.malformed }[reason]);
  }

  /** Sends a change of presence, or, to one that missed some, all of it. */
  sendPresence(changes: Bundle): void {
    if (this.outbox.crowded) this.#missedPresence = true;
    else if (this.#missedPresence) this.#sendEveryone();
    else this.outbox.sendAll(changes);
  }

  /** A sign of life both ways, and the room's position. A socket that gave none for several ticks is dead. */
  heartbeat() {
    this.#quietTicks += 1;
    if (this.#quietTicks > QUIET_TICKS) return this.#socket.terminate();
    this.#socket.ping();
    if (this.#missedPresence && !this.outbox.crowded) this.#sendEveryone();
    const { epoch, seq } = this.room;
    const says = this.#ours && this.#caughtUp ? encodeWire({ type: 'at', epoch, seq }) : awarenessFrame([]);
    // Before its first message a client is told nothing: it may be a stock one still shaking hands.
    if (this.room.peers.has(this)) this.outbox.send(says);
  }

  #onData(data: Buffer | null) {
    if (this.#closed) return;
    try {
      this.#onFrame(data);
    } catch (error) {
      // A bug, met by one room's content: it ends that room in memory, not the server with every room in it.
      this.room.fail(error);
    }
  }

  #onFrame(data: Buffer | null) {
    this.#quietTicks = 0;
    if (data) this.#figures.moved('received', 'socket', data.length);
    const role = this.right.role();
    if (!role) return this.close(CloseCode.forbidden);
    if (!this.#messages.take(this.#now())) return this.close(CloseCode.tooFast);
    if (data && data.length > WireLimits.maxFrameBytes) return this.close(CloseCode.tooLarge);
    const message = data && readFrame(data);
    if (!message) return this.close(CloseCode.malformed);
    this.room.peers.add(this);
    this.#take(message, role);
  }

  #take(message: ClientMessage, role: Role) {
    switch (message.type) {
      case 'hello':
        return this.#hello(message.version, message);
      case 'step1':
        return this.#answerStep1(message.stateVector);
      case 'step2':
      case 'update':
        return this.#takeUpdate(message.update, { role, whole: message.type === 'step2' });
      case 'mark':
        return this.#mark(message.n);
      case 'awareness':
        return this.room.presence.receive(this, this.right, message.states);
      case 'queryAwareness':
        return this.#sendEveryone();
    }
  }

  #hello(version: number, cursor: Cursor) {
    if (version < WIRE_VERSION) return this.close(CloseCode.clientTooOld);
    this.#ours = true;
    if (this.room.canResumeFrom(cursor)) void this.#resume(cursor);
    else this.#reset();
  }

  #reset(): void {
    const { epoch, seq } = this.room;
    this.outbox.send(encodeWire({ type: 'reset', epoch, seq }));
  }

  /** What is committed meanwhile is delivered as it is to everybody: it may come before older rows, or twice. */
  async #resume({ seq: from }: Cursor): Promise<void> {
    const updates = await this.room.updatesAfter(from);
    if (this.#closed) return;
    if (updates === 'reset') return this.#reset();
    for (const update of updates) this.outbox.send(encodeSyncUpdate(update));
    this.outbox.send(EMPTY_STEP2);
    this.#begin();
  }

  #answerStep1(stateVector: Uint8Array) {
    if (!this.#step1s.take(this.#now())) return this.close(CloseCode.tooFast);
    const answer = step2Frame(this.room.doc, stateVector);
    if (!answer) return this.close(CloseCode.malformed);
    this.outbox.send(answer);
    const first = !this.#caughtUp;
    this.#begin();
    if (first) this.outbox.send(step1Frame(this.room.doc));
  }

  /** The client now holds all up to the room's last row, and hears of those who are here. */
  #begin(): void {
    const first = !this.#caughtUp;
    this.#caughtUp = true;
    const { epoch, seq } = this.room;
    if (this.#ours) this.outbox.send(encodeWire({ type: 'at', epoch, seq }));
    if (first) this.#sendEveryone();
  }

  #takeUpdate(update: Uint8Array, { role, whole }: { role: Role; whole: boolean }) {
    const author: Author = {
      account: this.right.account,
      session: this.right.session,
      mayWrite: role !== 'reader',
    };
    const received = this.room.receive(update, this, author);
    switch (received) {
      case 'malformed':
        return this.close(CloseCode.malformed);
      case 'forbidden':
        return this.close(CloseCode.forbidden);
      case 'unwritable':
        return this.close(CloseCode.store);
      case 'missing':
        this.#unresolved = true;
        if (whole && this.#asked) void this.#takeWhatApplies(update, author);
        else this.#ask();
        return;
      case 'queued':
        this.#throttle(update.length);
        break;
      case 'recorded':
        break;
    }
    if (whole && this.#unresolved) this.#resolve();
  }

  /** Asks the client for all it has that is not here, unless it was just asked. */
  #ask(): void {
    const now = this.#now();
    if (this.#asked && now - this.#askedAt < ASK_AGAIN_MS) return;
    this.#asked = true;
    this.#askedAt = now;
    this.outbox.send(step1Frame(this.room.doc));
  }

  /**
   * The client's own whole document leans on edits that it does not have either (it lost a row). What can stand is
   * kept; nothing is said to be recorded until the rest comes.
   */
  async #takeWhatApplies(update: Uint8Array, author: Author) {
    const applicable = await this.room.applicableOf(update).catch(() => null);
    if (this.#closed) return;
    if (!applicable) return this.close(CloseCode.malformed);
    this.room.receive(applicable, this, author);
  }

  #resolve(): void {
    this.#unresolved = false;
    this.#asked = false;
    const held = this.#heldMarks;
    this.#heldMarks = [];
    for (const n of held) this.#mark(n);
  }

  #mark(n: number) {
    if (!this.#ours) return this.close(CloseCode.malformed);
    if (this.#unresolved) {
      this.#heldMarks.push(n);
      if (this.#heldMarks.length > MAX_HELD_MARKS) return this.close(CloseCode.tooFast);
      return this.#ask();
    }
    this.#marksWaiting += 1;
    this.room.settled().then(
      (seq) => {
        this.#marksWaiting -= 1;
        this.outbox.send(encodeWire({ type: 'recorded', n, seq }));
      },
      () => this.close(CloseCode.store),
    );
  }

  #throttle(bytes: number): void {
    this.#unsettledBytes += bytes;
    if (this.#unsettledBytes > MAX_UNSETTLED_BYTES) this.#socket.pause();
    const settle = () => {
      this.#unsettledBytes -= bytes;
      if (this.#socket.isPaused && this.#unsettledBytes <= MAX_UNSETTLED_BYTES) this.#socket.resume();
    };
    this.room.settled().then(settle, settle);
  }

  #sendEveryone(): void {
    this.#missedPresence = false;
    const others = this.room.presence.othersThan(this);
    if (others.length > 0) this.outbox.send(awarenessFrame(others));
  }
}
