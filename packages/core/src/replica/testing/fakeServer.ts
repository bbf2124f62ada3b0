// Past 300 lines: the whole wire of a server, played in memory; its sockets, batches and feed share one log.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import type { BlobHash } from '../../index.ts';
import {
  type BatchAnswer,
  type BatchAsk,
  type Cursor,
  decodeBatch,
  decodeWire,
  encodeBatchAnswer,
  encodeSyncUpdate,
  encodeWire,
  type FeedEntry,
  MessageType,
  messageTypeOf,
  type Role,
  type RoomName,
  SyncType,
} from '../../protocol/index.ts';
import type { SocketLike } from '../ports.ts';
import { carriesChanges, syncTypeOf } from '../socket.ts';
import type { NotAsked, ServerPort, TicketAnswer } from '../types.ts';

interface FakeRoom {
  readonly doc: Y.Doc;
  readonly epoch: string;
  readonly sockets: Set<FakeSocket>;
  /** What changed the document, in order. */
  readonly log: Uint8Array[];
}

/**
 * A server in memory that speaks the wire, for tests: it can be stock, be down, close with a code, keep its word back,
 * commit late or never. Only what it has committed is in its documents, and leaves.
 */
export class FakeServer implements ServerPort {
  readonly socketUrl = 'ws://fake/sync';
  readonly blobs = new Map<BlobHash, Blob>();
  /** Every frame received, in order. */
  readonly received: { readonly socket: FakeSocket; readonly frame: Uint8Array }[] = [];
  /** Subprotocols of each dial. */
  readonly dials: (readonly string[])[] = [];
  isUp = true;
  /** Takes the connection, and never opens the socket. */
  hangs = false;
  /** Speaks y-protocols alone, and never acknowledges. */
  isStock = false;
  /** Commits nothing, and answers no mark, before `commit` is called. */
  holdsBack = false;
  /** Answers no step 1 before `exchange` is called, as a server does that is still loading the room. */
  holdsExchange = false;
  role: Role = 'editor';
  /** What `ticket` answers in place of a ticket. */
  ticketRefusal: Exclude<TicketAnswer, object> | null = null;
  /** Code with which the next socket is closed at its first frame. */
  nextClose: number | null = null;
  /** Code with which every socket is closed at its first frame. */
  closesEach: number | null = null;
  blobRefusal: 'retry' | 'hash-mismatch' | null = null;
  /** Knows no batches and no feed, as a server of before. */
  isOlder = false;
  /** Batches received, in order. */
  readonly batches: (readonly BatchAsk[])[] = [];
  /** Rooms of a batch that are answered so. */
  readonly batchRefusals = new Map<RoomName, 'erased' | 'forbidden' | 'unavailable'>();
  /** Pages of the feed by the cursor that asks for them (`''`: none); the last one again when there is none for it. */
  readonly pages = new Map<
    string,
    { readonly entries: readonly FeedEntry[]; readonly cursor: string; readonly more?: boolean }
  >();
  /** Cursors that the feed was asked with. */
  readonly feedAsked: (string | null)[] = [];

  readonly #rooms = new Map<RoomName, FakeRoom>();
  #uncommitted: (() => void)[] = [];
  /** What is told to who waits for an answer over HTTP when it dies. */
  readonly #deaths: (() => void)[] = [];
  readonly #unanswered: (() => void)[] = [];
  #tickets = 0;

  readonly dial = (url: string, protocols: readonly string[]): SocketLike => {
    this.dials.push(protocols);
    return new FakeSocket(this, decodeURI(url.slice(this.socketUrl.length + 1)) as RoomName);
  };

  async ticket(): Promise<TicketAnswer> {
    if (!this.isUp) return 'retry';
    if (this.ticketRefusal !== null) return this.ticketRefusal;
    this.#tickets += 1;
    return { ticket: `ticket-number-${String(this.#tickets).padStart(10, '0')}`, role: this.role, expiresAt: 0 };
  }

  async putBlob(_room: RoomName, hash: BlobHash, bytes: Blob): ReturnType<ServerPort['putBlob']> {
    if (!this.isUp) return 'retry';
    if (this.blobRefusal !== null) return this.blobRefusal;
    this.blobs.set(hash, bytes);
    return 'stored';
  }

  async getBlob(_room: RoomName, hash: BlobHash): ReturnType<ServerPort['getBlob']> {
    return this.isUp ? (this.blobs.get(hash) ?? 'absent') : 'retry';
  }

  async batch(asked: Uint8Array): Promise<Uint8Array | NotAsked> {
    if (!this.isUp) return 'retry';
    if (this.isStock || this.isOlder) return 'absent';
    if (this.ticketRefusal === 'signed-out') return 'signed-out';
    const asks = decodeBatch(asked);
    if (asks === null) return 'refused';
    this.batches.push(asks);
    if (this.holdsBack && !(await this.#isCommitted())) return 'retry';
    return encodeBatchAnswer(asks.map((ask) => this.#answerBatch(ask)));
  }

  async feed(since: string | null): Promise<Awaited<ReturnType<ServerPort['feed']>>> {
    if (!this.isUp) return 'retry';
    if (this.isStock || this.isOlder) return 'absent';
    this.feedAsked.push(since);
    const page = this.pages.get(since ?? '') ?? { entries: [], cursor: since ?? 'nothing yet' };
    return { more: false, reset: false, ...page, entries: [...page.entries] };
  }

  room(name: RoomName): FakeRoom {
    const room = this.#rooms.get(name) ?? newRoom();
    this.#rooms.set(name, room);
    return room;
  }

  /** What the feed says of a room as it stands now. */
  entryOf(name: RoomName): FeedEntry {
    const { epoch, log } = this.room(name);
    return { kind: 'room', room: name, epoch, seq: log.length };
  }

  /** Loses a room, as a restore from an old copy does. */
  forget(name: RoomName): void {
    const { sockets } = this.room(name);
    this.#rooms.set(name, newRoom(sockets));
  }

  /** Closes every socket. */
  cut(code = 1006): void {
    for (const { sockets } of this.#rooms.values()) for (const socket of [...sockets]) socket.end(code);
  }

  /** Dies: what it had not committed is gone. */
  crash(): void {
    this.#uncommitted = [];
    for (const die of this.#deaths.splice(0)) die();
    this.cut();
  }

  /** Commits the oldest of what was held back, and answers the marks among them. */
  commit(count = Number.POSITIVE_INFINITY): void {
    for (const take of this.#uncommitted.splice(0, count)) take();
  }

  exchange(): void {
    this.holdsExchange = false;
    for (const answer of this.#unanswered.splice(0)) answer();
  }

  take(socket: FakeSocket, frame: Uint8Array): void {
    this.received.push({ socket, frame });
    const code = this.nextClose ?? this.closesEach;
    if (code !== null) {
      this.nextClose = null;
      socket.end(code);
      return;
    }
    const type = messageTypeOf(frame);
    const changes = carriesChanges(frame) || type === MessageType.mark;
    if (syncTypeOf(frame) === SyncType.step1 && this.holdsExchange)
      this.#unanswered.push(() => this.#process(socket, frame));
    else if (changes && this.holdsBack) this.#uncommitted.push(() => this.#process(socket, frame));
    else this.#process(socket, frame);
  }

  #isCommitted(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#uncommitted.push(() => resolve(true));
      this.#deaths.push(() => resolve(false));
    });
  }

  #answerBatch({ room: name, epoch, seq, stateVector, updates }: BatchAsk): BatchAnswer {
    const refused = this.batchRefusals.get(name);
    if (refused !== undefined) return { room: name, refused };
    if (this.ticketRefusal !== null) return { room: name, refused: 'forbidden' };
    const room = this.room(name);
    for (const update of updates) {
      if (leavesPendingWith(room.doc, update)) return { room: name, refused: 'missing' };
      if (this.role === 'reader') return { room: name, refused: 'forbidden' };
      room.doc.once('update', (told: Uint8Array) => {
        for (const socket of room.sockets) {
          socket.say(encodeSyncUpdate(told));
          if (socket.isCaughtUp) this.#sayAt(socket);
        }
      });
      Y.applyUpdate(room.doc, update, 'batch');
    }
    const isThere = epoch === room.epoch && seq === room.log.length;
    const lacks = Y.encodeStateAsUpdate(room.doc, stateVector.length > 0 ? stateVector : undefined);
    return {
      room: name,
      refused: null,
      epoch: room.epoch,
      seq: room.log.length,
      recorded: true,
      more: false,
      reset: !isThere,
      updates: isThere ? [] : [lacks],
    };
  }

  #process(socket: FakeSocket, frame: Uint8Array): void {
    const type = messageTypeOf(frame);
    if (type === MessageType.sync) this.#takeSync(socket, frame);
    else if (type === MessageType.awareness) this.#toOthers(socket, frame);
    else if (!this.isStock) this.#takeOurs(socket, frame);
  }

  #takeSync(socket: FakeSocket, frame: Uint8Array): void {
    const { doc, sockets } = this.room(socket.room);
    // As the real one: what leans on edits that are not here is not kept, and nothing is recorded before they come.
    if (!this.isStock && carriesChanges(frame)) {
      socket.lacks = leavesPending(doc, frame);
      if (socket.lacks) {
        socket.say(step1Of(doc));
        return;
      }
    }
    const decoder = decoding.createDecoder(frame);
    decoding.readVarUint(decoder);
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, MessageType.sync);
    const relay = (update: Uint8Array) => {
      this.#toOthers(socket, encodeSyncUpdate(update));
      for (const one of sockets) if (one.isCaughtUp) this.#sayAt(one);
    };
    doc.on('update', relay);
    const type = syncProtocol.readSyncMessage(decoder, answer, doc, socket);
    doc.off('update', relay);
    if (!socket.lacks) for (const mark of socket.unansweredMarks.splice(0)) this.#takeOurs(socket, mark);
    if (type !== syncProtocol.messageYjsSyncStep1) return;
    socket.say(encoding.toUint8Array(answer));
    if (socket.isOurs) this.#catchUp(socket);
    socket.say(step1Of(doc));
  }

  #catchUp(socket: FakeSocket): void {
    socket.isCaughtUp = true;
    this.#sayAt(socket);
  }

  #sayAt(socket: FakeSocket): void {
    const { epoch, log } = this.room(socket.room);
    socket.say(encodeWire({ type: 'at', epoch, seq: log.length }));
  }

  #greet(socket: FakeSocket, from: Cursor): void {
    socket.isOurs = true;
    const { epoch, log } = this.room(socket.room);
    if (from.epoch !== epoch || from.seq > log.length) {
      socket.say(encodeWire({ type: 'reset', epoch, seq: log.length }));
      return;
    }
    for (const update of log.slice(from.seq)) socket.say(encodeSyncUpdate(update));
    socket.say(Uint8Array.of(MessageType.sync, SyncType.step2, 2, 0, 0));
    this.#catchUp(socket);
  }

  #takeOurs(socket: FakeSocket, frame: Uint8Array): void {
    const message = decodeWire(frame);
    if (message?.type === 'hello') this.#greet(socket, message);
    if (message?.type !== 'mark') return;
    if (socket.lacks) {
      socket.unansweredMarks.push(frame);
      return;
    }
    socket.say(encodeWire({ type: 'recorded', n: message.n, seq: this.received.length }));
  }

  #toOthers(from: FakeSocket, frame: Uint8Array): void {
    for (const socket of this.room(from.room).sockets) if (socket !== from) socket.say(frame);
  }
}

function step1Of(doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.sync);
  syncProtocol.writeSyncStep1(encoder, doc);
  return encoding.toUint8Array(encoder);
}

let epochs = 0;

function newRoom(sockets: Set<FakeSocket> = new Set()): FakeRoom {
  epochs += 1;
  const room: FakeRoom = { doc: new Y.Doc(), epoch: `epoch-${epochs}`, sockets, log: [] };
  room.doc.on('update', (update: Uint8Array) => room.log.push(update));
  return room;
}

/** Whether an update in a sync frame leans on edits that the document does not have. */
function leavesPending(doc: Y.Doc, frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return leavesPendingWith(doc, decoding.readVarUint8Array(decoder));
}

function leavesPendingWith(doc: Y.Doc, update: Uint8Array): boolean {
  const scratch = new Y.Doc();
  Y.applyUpdate(scratch, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(scratch, update);
  const leaves = scratch.store.pendingStructs !== null || scratch.store.pendingDs !== null;
  scratch.destroy();
  return leaves;
}

/** Both ends of one socket. Frames arrive in order, a moment later, and none after the end. */
export class FakeSocket implements SocketLike {
  binaryType = 'blob';
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly room: RoomName;
  /** What it sent leans on edits that the server does not have: no mark is answered before they come. */
  lacks = false;
  /** It said `hello`. */
  isOurs = false;
  isCaughtUp = false;
  readonly unansweredMarks: Uint8Array[] = [];
  readonly #server: FakeServer;

  constructor(server: FakeServer, room: RoomName) {
    this.room = room;
    this.#server = server;
    queueMicrotask(() => {
      if (!server.isUp) {
        this.end(1006);
        return;
      }
      if (this.readyState !== 0 || server.hangs) return;
      this.readyState = 1;
      server.room(room).sockets.add(this);
      this.onopen?.(new Event('open'));
    });
  }

  send(frame: Uint8Array): void {
    if (this.readyState !== 1) return;
    const copy = frame.slice();
    queueMicrotask(() => {
      if (this.readyState === 1) this.#server.take(this, copy);
    });
  }

  say(frame: Uint8Array): void {
    queueMicrotask(() => {
      if (this.readyState === 1) this.onmessage?.(new MessageEvent('message', { data: frame.slice().buffer }));
    });
  }

  end(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#server.room(this.room).sockets.delete(this);
    const event = Object.assign(new Event('close'), { code, reason: '', wasClean: false });
    queueMicrotask(() => this.onclose?.(event as CloseEvent));
  }

  close(): void {
    this.end(1000);
  }
}

/** Everybody's states in an awareness frame, by client. */
export function awarenessIn(frame: Uint8Array): Map<number, unknown> {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  const awareness = new awarenessProtocol.Awareness(new Y.Doc());
  awareness.setLocalState(null);
  awarenessProtocol.applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), 'test');
  const states = new Map<number, unknown>(awareness.getStates());
  awareness.destroy();
  return states;
}
