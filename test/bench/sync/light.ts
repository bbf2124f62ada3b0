import {
  type Cursor,
  decodeWire,
  encodeSyncUpdate,
  encodeWire,
  MessageType,
  SyncType,
  WIRE_VERSION,
} from '@liasse/core/protocol';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';

/** How a server’s clients speak, where it is not y-protocols alone. */
export interface Dialect {
  /** Around each frame of y-protocols: what names the document, where one socket serves several. */
  readonly wrap: (frame: Uint8Array) => Uint8Array;
  readonly unwrap: (frame: Uint8Array) => Uint8Array;
  /** First of all. */
  readonly greeting: (cursor: Cursor | null) => readonly Uint8Array[];
  /** After an update, to be told that it was taken; null where the server never says it, or says it by itself. */
  readonly mark: ((n: number) => Uint8Array) | null;
  /** Which update, by number, a frame says to be taken, all before it too; null for any other frame. */
  readonly taken: (frame: Uint8Array, soFar: number) => number | null;
  /** The document is not kept by the server: there is nothing to wait for. */
  readonly stateless: boolean;
}

const same = (frame: Uint8Array): Uint8Array => frame;

export const PLAIN: Dialect = {
  wrap: same,
  unwrap: same,
  greeting: () => [],
  mark: null,
  taken: () => null,
  stateless: false,
};

export const RELAYED: Dialect = { ...PLAIN, stateless: true };

/** As the product’s own client does: `hello`, and a mark behind each update. */
export const OURS: Dialect = {
  ...PLAIN,
  greeting: (cursor) => [encodeWire({ type: 'hello', version: WIRE_VERSION, ...(cursor ?? { epoch: '', seq: 0 }) })],
  mark: (n) => encodeWire({ type: 'mark', n }),
  taken: (frame) => {
    const message = frame[0] === MessageType.recorded ? decodeWire(frame) : null;
    return message?.type === 'recorded' ? message.n : null;
  },
};

export interface LightOptions {
  readonly dialect: Dialect;
  /** Where it was when it left, with a server that has such a thing. */
  readonly cursor?: Cursor;
  /** What the client has, as a state vector; the empty document’s otherwise. */
  readonly stateVector?: Uint8Array;
  /** What it answers to a server that says what it has. */
  readonly answer?: (serverVector: Uint8Array) => Uint8Array;
  readonly onAwareness?: (body: Uint8Array) => void;
  readonly onTaken?: (n: number) => void;
  readonly onUpdate?: (update: Uint8Array) => void;
}

const NOTHING = Uint8Array.of(0, 0);
const EMPTY_VECTOR = Uint8Array.of(0);
const GIVE_UP_MS = 120_000;

/**
 * A socket that speaks the protocol and keeps no document: a thousand real clients would weigh on the generator more than
 * what is measured.
 */
export class LightClient {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  /** Resolves when the server has sent what the client lacked. */
  readonly synced: Promise<void>;
  updates = 0;
  bytes = 0;
  sent = 0;
  taken = 0;
  /** Where it stands, where the server says so. */
  cursor: Cursor | null = null;
  /** From the wish for a socket to the first frame, and to the last of what it lacked (`performance.now()`). */
  firstAtMs: number | null = null;
  syncedAtMs: number | null = null;
  readonly #options: LightOptions;
  #synced: () => void = () => {};

  constructor(url: string, protocols: readonly string[], options: LightOptions) {
    this.#options = options;
    this.socket = new WebSocket(url, [...protocols], { perMessageDeflate: false, handshakeTimeout: GIVE_UP_MS });
    this.socket.on('error', () => {});
    this.synced = new Promise((resolve, reject) => {
      this.#synced = resolve;
      this.socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    });
    this.synced.catch(() => {});
    this.closed = new Promise((resolve) => {
      this.socket.once('close', resolve);
    });
    this.socket.on('open', () => {
      const { dialect, cursor = null, stateVector = EMPTY_VECTOR } = options;
      for (const frame of dialect.greeting(cursor)) this.socket.send(frame);
      if (dialect.stateless) this.#synced();
      // As the product’s client: with a cursor it asks for nothing until it hears that it must.
      else if (cursor === null) this.say(syncFrame(SyncType.step1, stateVector));
    });
    this.socket.on('message', (data: Buffer) => this.#hear(data));
  }

  /** Sends a frame of y-protocols. */
  say(frame: Uint8Array): void {
    this.socket.send(this.#options.dialect.wrap(frame));
  }

  /** Sends an update, and its mark where there is one. Gives its number. */
  update(update: Uint8Array): number {
    this.sent += 1;
    this.say(encodeSyncUpdate(update));
    const mark = this.#options.dialect.mark?.(this.sent);
    if (mark) this.socket.send(mark);
    return this.sent;
  }

  close(): Promise<unknown> {
    this.socket.terminate();
    return this.closed;
  }

  #hear(data: Buffer): void {
    this.bytes += data.length;
    this.firstAtMs ??= performance.now();
    const { dialect, onTaken } = this.#options;
    const frame = dialect.unwrap(data);
    const n = dialect.taken(frame, this.taken);
    if (n !== null) {
      this.taken = n;
      onTaken?.(n);
    } else this.#hearStandard(frame);
  }

  #hearStandard(frame: Uint8Array): void {
    const { answer, onAwareness, onUpdate } = this.#options;
    const [type, kind] = frame;
    if (type === MessageType.awareness) {
      if (onAwareness) onAwareness(bodyOf(frame, 1));
      // Hocuspocus’ answers are of a type of their own (4).
    } else if (type === MessageType.sync || type === 4) {
      if (kind === SyncType.step1) {
        const reply = answer ? answer(bodyOf(frame, 2)) : NOTHING;
        this.say(syncFrame(SyncType.step2, reply));
      } else {
        if (kind === SyncType.update) this.updates += 1;
        else {
          this.syncedAtMs ??= performance.now();
          this.#synced();
        }
        onUpdate?.(bodyOf(frame, 2));
      }
    } else if (type === MessageType.reset) {
      const { cursor, stateVector = EMPTY_VECTOR } = this.#options;
      if (cursor) this.say(syncFrame(SyncType.step1, stateVector));
    } else if (type === MessageType.at) {
      const at = decodeWire(frame);
      if (at?.type === 'at') this.cursor = { epoch: at.epoch, seq: at.seq };
    }
  }
}

/** What stands in a frame after its first `skip` numbers. */
function bodyOf(frame: Uint8Array, skip: number): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  for (let i = 0; i < skip; i += 1) decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

function syncFrame(kind: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.sync);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

/** One person’s state, as y-protocols write it. */
export function presenceFrame(clientId: number, clock: number, state: unknown): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, 1);
  encoding.writeVarUint(inner, clientId);
  encoding.writeVarUint(inner, clock);
  encoding.writeVarString(inner, JSON.stringify(state));
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.awareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
}

/** The states in the body of an awareness message. */
export function statesIn(body: Uint8Array): { clientId: number; state: unknown }[] {
  const decoder = decoding.createDecoder(body);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    const clientId = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    return { clientId, state: JSON.parse(decoding.readVarString(decoder)) };
  });
}

/** Hocuspocus’ dialect: the document’s name before each frame, and a token first. @param version - of the provider */
export function hocuspocusDialect(room: string, version: string): Dialect {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, room);
  const name = encoding.toUint8Array(encoder);
  const authentication = encoding.createEncoder();
  encoding.writeVarString(authentication, room);
  encoding.writeVarUint(authentication, MessageType.auth);
  encoding.writeVarUint(authentication, 0);
  encoding.writeVarString(authentication, 'token');
  encoding.writeVarString(authentication, version);
  const SYNC_STATUS = 8;
  return {
    wrap: (frame) => Buffer.concat([name, frame]),
    unwrap: (frame) => frame.subarray(name.length),
    greeting: () => [encoding.toUint8Array(authentication)],
    mark: null,
    taken: (frame, soFar) => (frame[0] === SYNC_STATUS && frame[1] === 1 ? soFar + 1 : null),
    stateless: false,
  };
}
