import {
  type Cursor,
  decodeWire,
  encodeSyncUpdate,
  encodeWire,
  MessageType,
  messageTypeOf,
  type RoomName,
  SUBPROTOCOL,
  SyncType,
  WIRE_VERSION,
  type WireMessage,
} from '@liasse/core/protocol';
import * as decoding from 'lib0/decoding';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type AwarenessState, awarenessFrame, step1Frame } from '../room/frames.ts';
import type { TestPerson, TestSite } from './testServer.ts';

/** What a socket received, in words. */
export type Heard =
  | WireMessage
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly states: AwarenessState[] };

/** A client that does nothing by itself, so that a test decides what is said and sees all that is heard. */
export class TestClient {
  readonly heard: Heard[] = [];
  readonly socket: WebSocket;
  /** Resolves with the code when the socket is closed. */
  readonly closed: Promise<number>;
  #waiting: (() => void)[] = [];
  #marks = 0;

  constructor(url: string, protocols: string[], headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, protocols, { headers });
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(read(new Uint8Array(data)));
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        resolve(code);
        this.#wake();
      });
    });
    onTestFinished(() => this.socket.terminate());
  }

  /** A socket of a room with a fresh ticket, open. */
  static async open(site: TestSite, person: TestPerson, room: RoomName = site.room): Promise<TestClient> {
    const client = TestClient.at(site, room, await person.ticket(room));
    await new Promise((resolve) => client.socket.once('open', resolve));
    return client;
  }

  static at(site: TestSite, path: string, ticket: string, headers: Record<string, string> = {}): TestClient {
    const protocols = ticket === '' ? [SUBPROTOCOL] : [SUBPROTOCOL, ticket];
    return new TestClient(`${site.server.url.replace('http', 'ws')}/sync/${path}`, protocols, headers);
  }

  say(frame: Uint8Array): void {
    this.socket.send(frame);
  }

  update(update: Uint8Array): void {
    this.say(encodeSyncUpdate(update));
  }

  hello(cursor: Cursor = { epoch: '', seq: 0 }): void {
    this.say(encodeWire({ type: 'hello', version: WIRE_VERSION, ...cursor }));
  }

  step1(doc: Y.Doc = new Y.Doc()): void {
    this.say(step1Frame(doc));
  }

  awareness(states: readonly AwarenessState[]): void {
    this.say(awarenessFrame(states));
  }

  /** Marks what was sent, and waits until it is recorded. */
  async recorded(): Promise<number> {
    this.#marks += 1;
    const n = this.#marks;
    this.say(encodeWire({ type: 'mark', n }));
    const answer = await this.hears((heard) => heard.type === 'recorded' && heard.n === n);
    return answer.type === 'recorded' ? answer.seq : 0;
  }

  /** The first thing heard, before or after now, that the test looks for. */
  async hears(looked: (heard: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const found = this.heard.find(looked);
      if (found) return found;
      if (this.socket.readyState >= WebSocket.CLOSING) throw new Error('closed before it was heard');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The document that what was heard makes. */
  doc(): Y.Doc {
    const doc = new Y.Doc();
    for (const heard of this.heard) if ('update' in heard) Y.applyUpdate(doc, heard.update);
    return doc;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

/** An update of a fresh device that writes one key of the map `cards`. */
export function edit(key: string, value: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('cards').set(key, value);
  return Y.encodeStateAsUpdate(doc);
}

function read(frame: Uint8Array): Heard {
  const type = messageTypeOf(frame);
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  if (type === MessageType.sync) {
    const kind = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (kind === SyncType.step1) return { type: 'step1', stateVector: body };
    return { type: kind === SyncType.step2 ? 'step2' : 'update', update: body };
  }
  if (type === MessageType.awareness) {
    const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    const states = Array.from({ length: decoding.readVarUint(inner) }, () => ({
      clientId: decoding.readVarUint(inner),
      clock: decoding.readVarUint(inner),
      json: decoding.readVarString(inner),
    }));
    return { type: 'awareness', states };
  }
  const ours = decodeWire(frame);
  if (!ours) throw new Error(`an unknown frame of type ${type}`);
  return ours;
}
