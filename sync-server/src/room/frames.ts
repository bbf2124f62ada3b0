import { decodeWire, type Epoch, MessageType, SyncType } from '@liasse/core/protocol';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { ByteReader, Malformed } from './byteReader.ts';

/** One person's state in an awareness message. */
export interface AwarenessState {
  readonly clientId: number;
  readonly clock: number;
  /** As JSON; `null` says that they left. */
  readonly json: string;
}

/** A message that a client may send. */
export type ClientMessage =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly states: readonly AwarenessState[] }
  | { readonly type: 'queryAwareness' }
  | { readonly type: 'hello'; readonly version: number; readonly epoch: Epoch; readonly seq: number }
  | { readonly type: 'mark'; readonly n: number };

/** Reads a frame; null when it is malformed or not a client's to send. Bytes in the answer are copies. */
export function readFrame(frame: Uint8Array): ClientMessage | null {
  try {
    const reader = new ByteReader(frame);
    const type = reader.varUint();
    if (type === MessageType.sync) return readSync(reader);
    if (type === MessageType.awareness) return readAwareness(reader);
    if (type === MessageType.queryAwareness) return reader.left === 0 ? { type: 'queryAwareness' } : null;
    const ours = decodeWire(frame);
    return ours?.type === 'hello' || ours?.type === 'mark' ? ours : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function readSync(reader: ByteReader): ClientMessage | null {
  const type = reader.varUint();
  // A copy: the frame may be a view into a pool that the next frame reuses.
  const body = reader.block().slice();
  reader.end();
  if (type === SyncType.step1) return { type: 'step1', stateVector: body };
  if (type === SyncType.step2) return { type: 'step2', update: body };
  if (type === SyncType.update) return { type: 'update', update: body };
  return null;
}

function readAwareness(reader: ByteReader): ClientMessage {
  const inner = new ByteReader(reader.block());
  reader.end();
  const count = inner.count(3);
  const states = Array.from({ length: count }, () => ({
    clientId: inner.varUint(),
    clock: inner.varUint(),
    json: inner.string(),
  }));
  inner.end();
  return { type: 'awareness', states };
}

export function step1Frame(doc: Y.Doc): Uint8Array {
  return syncFrame(SyncType.step1, Y.encodeStateVector(doc));
}

/** All of the document that a state vector lacks; null when the vector is malformed. */
export function step2Frame(doc: Y.Doc, stateVector: Uint8Array): Uint8Array | null {
  if (!isStateVector(stateVector)) return null;
  return syncFrame(SyncType.step2, Y.encodeStateAsUpdate(doc, stateVector));
}

/** “That was all”: ends an exchange in which every row went by itself. */
export const EMPTY_STEP2: Uint8Array = syncFrame(SyncType.step2, Y.encodeStateAsUpdate(new Y.Doc()));

export function isStateVector(bytes: Uint8Array): boolean {
  try {
    const reader = new ByteReader(bytes);
    const count = reader.count(2);
    for (let i = 0; i < count * 2; i += 1) reader.varUint();
    reader.end();
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

/** States as y-protocols write them. Without any, it is a sign of life that a stock client understands. */
export function awarenessFrame(states: readonly AwarenessState[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, states.length);
  for (const { clientId, clock, json } of states) {
    encoding.writeVarUint(inner, clientId);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, json);
  }
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, MessageType.awareness);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(inner));
  return encoding.toUint8Array(frame);
}

function syncFrame(type: number, body: Uint8Array): Uint8Array {
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, MessageType.sync);
  encoding.writeVarUint(frame, type);
  encoding.writeVarUint8Array(frame, body);
  return encoding.toUint8Array(frame);
}
