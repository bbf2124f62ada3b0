import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { RoomName } from './rooms.ts';
import type { Epoch } from './wire.ts';

/**
 * `POST /api/sync/batch`: rooms that are not on screen, brought up to date both ways in one exchange. Both bodies are binary, in the
 * encoding of lib0, as the wire’s.
 *
 * | version | since | what changed |
 * |---|---|---|
 * | 1 | 0.1.0 | the exchange of cursors, state vectors and updates |
 */
export const BATCH_VERSION = 1;

export const BATCH_PATH = '/api/sync/batch';

export const BatchLimits = {
  maxRooms: 100,
  /** Of a request; one update may be as large as a frame of a socket. */
  maxRequestBytes: 17 * 1024 * 1024,
  maxUpdatesARoom: 1_000,
  /** Above it nothing more is begun in an answer: what is left comes with the next. */
  answerBytes: 1024 * 1024,
} as const;

/** What a device has of a room, and what the server has not. */
export interface BatchAsk {
  readonly room: RoomName;
  /** Up to where this device surely holds the room’s log; `epoch: ''` when it cannot say. */
  readonly epoch: Epoch;
  readonly seq: number;
  /** What this device holds all the same: counts where the cursor cannot be resumed from. Empty: nothing. */
  readonly stateVector: Uint8Array;
  /** Yjs updates, V1, to be judged and recorded as a socket’s are, in this order. */
  readonly updates: readonly Uint8Array[];
}

/**
 * Why a room was not synced. `forbidden`: no right, or an edit without the right to edit. `erased`: gone for everybody. `malformed`: an
 * update that no honest device writes. `missing`: an update leans on others that the server does not have. `unavailable`: the server
 * cannot write, or not open the room, now.
 */
export const BatchCode = {
  forbidden: 1,
  erased: 2,
  malformed: 3,
  missing: 4,
  unavailable: 5,
} as const;
export type BatchRefusal = keyof typeof BatchCode;

export interface BatchSynced {
  readonly room: RoomName;
  readonly refused: null;
  readonly epoch: Epoch;
  /** Up to where the device holds the log once it has applied `updates`. */
  readonly seq: number;
  /** All that was pushed is durable. */
  readonly recorded: boolean;
  /** There is more: ask again from here. */
  readonly more: boolean;
  /** `updates` are not what came since the cursor, but all that the state vector lacks. */
  readonly reset: boolean;
  /** Yjs updates, V1. */
  readonly updates: readonly Uint8Array[];
}

export interface BatchRefused {
  readonly room: RoomName;
  readonly refused: BatchRefusal;
}

export type BatchAnswer = BatchSynced | BatchRefused;

const RECORDED = 1;
const MORE = 2;
const RESET = 4;

export function encodeBatch(asks: readonly BatchAsk[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, BATCH_VERSION);
  encoding.writeVarUint(encoder, asks.length);
  for (const { room, epoch, seq, stateVector, updates } of asks) {
    encoding.writeVarString(encoder, room);
    encoding.writeVarString(encoder, epoch);
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint8Array(encoder, stateVector);
    writeAll(encoder, updates);
  }
  return encoding.toUint8Array(encoder);
}

/** Null when it is not one, or has bytes left over, or too many rooms or updates. Bytes in it are copies. */
export function decodeBatch(bytes: Uint8Array): BatchAsk[] | null {
  return decodeAll(bytes, (decoder) => ({
    room: readRoom(decoder),
    epoch: decoding.readVarString(decoder),
    seq: decoding.readVarUint(decoder),
    stateVector: decoding.readVarUint8Array(decoder).slice(),
    updates: readAll(decoder, BatchLimits.maxUpdatesARoom),
  }));
}

export function encodeBatchAnswer(answers: readonly BatchAnswer[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, BATCH_VERSION);
  encoding.writeVarUint(encoder, answers.length);
  for (const answer of answers) {
    encoding.writeVarString(encoder, answer.room);
    encoding.writeVarUint(encoder, answer.refused === null ? 0 : BatchCode[answer.refused]);
    if (answer.refused !== null) continue;
    encoding.writeVarString(encoder, answer.epoch);
    encoding.writeVarUint(encoder, answer.seq);
    const flags = (answer.recorded ? RECORDED : 0) | (answer.more ? MORE : 0) | (answer.reset ? RESET : 0);
    encoding.writeVarUint(encoder, flags);
    writeAll(encoder, answer.updates);
  }
  return encoding.toUint8Array(encoder);
}

/** Null when it is not one, or has bytes left over. */
export function decodeBatchAnswer(bytes: Uint8Array): BatchAnswer[] | null {
  return decodeAll(bytes, (decoder): BatchAnswer => {
    const room = readRoom(decoder);
    const code = decoding.readVarUint(decoder);
    if (code !== 0) return { room, refused: refusalOf(code) };
    const epoch = decoding.readVarString(decoder);
    const seq = decoding.readVarUint(decoder);
    const flags = decoding.readVarUint(decoder);
    const has = (flag: number) => (flags & flag) !== 0;
    const updates = readAll(decoder, Number.POSITIVE_INFINITY);
    return { room, refused: null, epoch, seq, recorded: has(RECORDED), more: has(MORE), reset: has(RESET), updates };
  });
}

/** A code of a later version says as little as that it did not work now. */
const refusalOf = (code: number): BatchRefusal =>
  (Object.entries(BatchCode).find(([, known]) => known === code)?.[0] as BatchRefusal | undefined) ?? 'unavailable';

function writeAll(encoder: encoding.Encoder, updates: readonly Uint8Array[]): void {
  encoding.writeVarUint(encoder, updates.length);
  for (const update of updates) encoding.writeVarUint8Array(encoder, update);
}

function readAll(decoder: decoding.Decoder, most: number): Uint8Array[] {
  const count = decoding.readVarUint(decoder);
  // Each takes a byte at least: a count that the bytes cannot hold is not believed.
  if (count > most || count > decoder.arr.length - decoder.pos) throw new RangeError('too many updates');
  return Array.from({ length: count }, () => decoding.readVarUint8Array(decoder).slice());
}

const readRoom = (decoder: decoding.Decoder): RoomName => RoomName.parse(decoding.readVarString(decoder));

function decodeAll<T>(bytes: Uint8Array, readOne: (decoder: decoding.Decoder) => T): T[] | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== BATCH_VERSION) return null;
    const count = decoding.readVarUint(decoder);
    if (count > BatchLimits.maxRooms) return null;
    const all = Array.from({ length: count }, () => readOne(decoder));
    return decoding.hasContent(decoder) ? null : all;
  } catch {
    return null;
  }
}
