import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * The socket's protocol: y-protocols' messages, and five of ours that go only to a client that said `hello`, because a
 * message of unknown type derails a stock decoder.
 *
 * | version | since | what changed |
 * |---|---|---|
 * | 1 | 0.1.0 | hello, reset, at, mark, recorded |
 */
export const WIRE_VERSION = 1;

/** The subprotocol. A client offers `[SUBPROTOCOL, ticket]`; the server echoes this one only. */
export const SUBPROTOCOL = 'liasse.v1';

/** Path under which a room's socket is opened: `${SOCKET_PATH}/${room}`. */
export const SOCKET_PATH = '/sync';

/** First number of each message. 0–3 are y-protocols'; ours start at 100. */
export const MessageType = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  hello: 100,
  reset: 101,
  at: 102,
  mark: 103,
  recorded: 104,
} as const;

/** Second number of a sync message, as in y-protocols. */
export const SyncType = { step1: 0, step2: 1, update: 2 } as const;

/** Sizes and rhythms that both sides rely on. */
export const WireLimits = {
  /** A frame larger than this closes the socket with `tooLarge`. */
  maxFrameBytes: 16 * 1024 * 1024,
  /** After `hello`, journal rows are pushed in frames of at most this. */
  maxPushBytes: 256 * 1024,
  maxAwarenessBytes: 8 * 1024,
  /** The server says `at` this often on a quiet socket: the provider gives a silent one up after 30 s. */
  heartbeatMs: 10_000,
} as const;

/** Why a socket was closed. 44xx: permanent for this attempt; 45xx and 1012: try again. */
export const CloseCode = {
  /** The server restarts. */
  restart: 1012,
  malformed: 4400,
  /** The ticket is missing, wrong, used or too old: fetch another and retry. */
  ticket: 4401,
  /** The right changed: ask again, keep what is still allowed. */
  forbidden: 4403,
  deleted: 4404,
  clientTooOld: 4408,
  tooLarge: 4413,
  tooFast: 4429,
  /** The store does not answer: retry. */
  store: 4503,
  /** The reader does not drain its socket. */
  slowReader: 4508,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** Random id of a room's log: new on create, restore and renewal. A cursor of another epoch means nothing. */
export type Epoch = string;

/** Position in a room's durable log. */
export interface Cursor {
  readonly epoch: Epoch;
  /** Number of the last row, gapless from 1, in commit order; 0 for an empty log. */
  readonly seq: number;
}

/** A message of ours. */
export type WireMessage =
  /** Client, first of all: where it stands; `epoch: ''` when it has no cursor. */
  | { readonly type: 'hello'; readonly version: number; readonly epoch: Epoch; readonly seq: number }
  /** Server: the cursor cannot be resumed from; the standard exchange follows. */
  | { readonly type: 'reset'; readonly epoch: Epoch; readonly seq: number }
  /** Server: all up to `seq` precedes this frame. */
  | { readonly type: 'at'; readonly epoch: Epoch; readonly seq: number }
  /** Client: tell me when all that I sent before this is durable. */
  | { readonly type: 'mark'; readonly n: number }
  /** Server: all received before mark `n` is durable, the last of it at `seq`. */
  | { readonly type: 'recorded'; readonly n: number; readonly seq: number };

/** Encodes one of our messages as a frame. */
export function encodeWire(message: WireMessage): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType[message.type]);
  switch (message.type) {
    case 'hello':
      encoding.writeVarUint(encoder, message.version);
      encoding.writeVarString(encoder, message.epoch);
      encoding.writeVarUint(encoder, message.seq);
      break;
    case 'reset':
    case 'at':
      encoding.writeVarString(encoder, message.epoch);
      encoding.writeVarUint(encoder, message.seq);
      break;
    case 'mark':
      encoding.writeVarUint(encoder, message.n);
      break;
    case 'recorded':
      encoding.writeVarUint(encoder, message.n);
      encoding.writeVarUint(encoder, message.seq);
      break;
  }
  return encoding.toUint8Array(encoder);
}

/** The number a frame starts with, or null when there is none. */
export function messageTypeOf(frame: Uint8Array): number | null {
  try {
    return decoding.readVarUint(decoding.createDecoder(frame));
  } catch {
    return null;
  }
}

/** Decodes a frame of ours; null when it is another's, or malformed, or has bytes left over. */
export function decodeWire(frame: Uint8Array): WireMessage | null {
  try {
    const decoder = decoding.createDecoder(frame);
    const message = readBody(decoder, decoding.readVarUint(decoder));
    return decoding.hasContent(decoder) ? null : message;
  } catch {
    return null;
  }
}

function readBody(decoder: decoding.Decoder, type: number): WireMessage | null {
  switch (type) {
    case MessageType.hello:
      return {
        type: 'hello',
        version: decoding.readVarUint(decoder),
        epoch: decoding.readVarString(decoder),
        seq: decoding.readVarUint(decoder),
      };
    case MessageType.reset:
      return { type: 'reset', epoch: decoding.readVarString(decoder), seq: decoding.readVarUint(decoder) };
    case MessageType.at:
      return { type: 'at', epoch: decoding.readVarString(decoder), seq: decoding.readVarUint(decoder) };
    case MessageType.mark:
      return { type: 'mark', n: decoding.readVarUint(decoder) };
    case MessageType.recorded:
      return { type: 'recorded', n: decoding.readVarUint(decoder), seq: decoding.readVarUint(decoder) };
    default:
      return null;
  }
}

/** A y-protocols sync frame around an update. */
export function encodeSyncUpdate(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.sync);
  encoding.writeVarUint(encoder, SyncType.update);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}
