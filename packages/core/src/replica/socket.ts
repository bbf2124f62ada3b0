import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MessageType, messageTypeOf, SUBPROTOCOL, SyncType } from '../protocol/index.ts';
import type { Release, SocketLike, Timers } from './ports.ts';

/** Why a dial ended before there was a socket. The numbers are the server's close codes, or 1006 for “not reached”. */
export interface NotAdmitted {
  readonly closeCode: number;
}

/** What may be dialled now: the ticket, and the lock held for as long as the socket lives. */
export interface Admission {
  readonly ticket: string;
  readonly release: Release;
}

/** Who stands behind the class handed to the provider. */
export interface SocketSeat {
  /** Waits its turn, takes the lock, fetches a ticket. Rejects when the signal aborts. */
  admit(signal: AbortSignal): Promise<Admission | NotAdmitted>;
  dial(url: string, protocols: readonly string[]): SocketLike;
  readonly timers: Timers;
  /** The socket is open and the provider has not yet spoken: `send` reaches the server first. */
  opened(send: (frame: Uint8Array) => void): void;
  /** A frame from the server; false when it is ours and the provider must not see it. */
  received(frame: Uint8Array): boolean;
  /** A frame of the provider, as it may go out, or null. */
  outgoing(frame: Uint8Array): Uint8Array | null;
  closed(code: number): void;
}

/** An awareness message about nobody: feeds the provider's 30 s watchdog when a frame of ours was kept from it. */
const HEARD = Uint8Array.of(MessageType.awareness, 1, 0);

/** A server that takes the connection and never opens the socket: Chromium alone would wait for four minutes. */
const OPEN_LIMIT_MS = 20_000;

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/**
 * The `WebSocketPolyfill` handed to y-websocket's provider, which stays as it is: between the provider's wish for a socket
 * and a socket stand the wait, the lock and the ticket; on it, our own messages go past the provider.
 */
export function socketClassFor(seat: SocketSeat): typeof WebSocket {
  class SeatedSocket extends GatedSocket {
    constructor(url: string) {
      super(seat, url);
    }
  }
  // The provider uses no more of a WebSocket than GatedSocket has.
  return SeatedSocket as unknown as typeof WebSocket;
}

class GatedSocket {
  static readonly CONNECTING = CONNECTING;
  static readonly OPEN = OPEN;
  static readonly CLOSING = CLOSING;
  static readonly CLOSED = CLOSED;
  readonly OPEN = OPEN;
  binaryType = 'arraybuffer';
  readyState: number = CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBufferLike }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  readonly #seat: SocketSeat;
  readonly #url: string;
  readonly #abort = new AbortController();
  #release: Release = () => {};
  #endLimit: () => void = () => {};
  #wire: SocketLike | null = null;

  constructor(seat: SocketSeat, url: string) {
    this.#seat = seat;
    this.#url = url;
    void this.#dial();
  }

  send(frame: Uint8Array): void {
    const allowed = this.readyState === OPEN ? this.#seat.outgoing(frame) : null;
    if (allowed !== null) this.#send(allowed);
  }

  close(): void {
    if (this.readyState >= CLOSING) return;
    this.#abort.abort();
    this.#finish(1000, '');
  }

  async #dial(): Promise<void> {
    let admission: Admission | NotAdmitted;
    try {
      admission = await this.#seat.admit(this.#abort.signal);
    } catch {
      this.#finish(1006, '');
      return;
    }
    if ('closeCode' in admission) {
      this.#finish(admission.closeCode, '');
      return;
    }
    if (this.#abort.signal.aborted) {
      admission.release();
      return;
    }
    this.#release = admission.release;
    const wire = this.#seat.dial(this.#url, [SUBPROTOCOL, admission.ticket]);
    this.#wire = wire;
    wire.binaryType = 'arraybuffer';
    wire.onopen = () => this.#opened();
    wire.onmessage = (event) => this.#received(new Uint8Array(event.data as ArrayBuffer));
    wire.onerror = (event) => this.onerror?.(event);
    wire.onclose = (event) => this.#finish(event.code, event.reason);
    this.#endLimit = this.#seat.timers.after(OPEN_LIMIT_MS, () => this.#finish(1006, ''));
  }

  #opened(): void {
    if (this.readyState !== CONNECTING) return;
    this.readyState = OPEN;
    this.#endLimit();
    this.#seat.opened((frame) => {
      if (this.readyState === OPEN) this.#send(frame);
    });
    this.onopen?.();
  }

  #received(frame: Uint8Array): void {
    if (this.readyState !== OPEN) return;
    const forProvider = this.#seat.received(frame) ? frame : HEARD;
    this.onmessage?.({ data: forProvider.slice().buffer });
  }

  #send(frame: Uint8Array): void {
    this.#wire?.send(frame as Uint8Array<ArrayBuffer>);
  }

  #finish(code: number, reason: string): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#endLimit();
    const wire = this.#wire;
    if (wire !== null) {
      wire.onopen = wire.onmessage = wire.onclose = null;
      wire.onerror = () => {};
      wire.close();
    }
    this.#release();
    this.#seat.closed(code);
    this.onclose?.({ code, reason });
  }
}

/** Which of y-protocols' sync messages a frame is, or null. */
export function syncTypeOf(frame: Uint8Array): number | null {
  if (messageTypeOf(frame) !== MessageType.sync) return null;
  return frame[1] ?? null;
}

/** Whether a frame carries changes of the document: an update, or the answer to a step 1. */
export function carriesChanges(frame: Uint8Array): boolean {
  const type = syncTypeOf(frame);
  return type === SyncType.step2 || type === SyncType.update;
}

/** The changes that a frame carries, as they came, or null. */
export function changesIn(frame: Uint8Array): Uint8Array | null {
  if (!carriesChanges(frame)) return null;
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

/**
 * An awareness frame reduced to one client's state, or null when nothing of it is left: the provider sends everybody's
 * states back to the server.
 */
export function ownAwarenessOnly(frame: Uint8Array, clientId: number): Uint8Array | null {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  const states = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  for (let left = decoding.readVarUint(states); left > 0; left--) {
    const id = decoding.readVarUint(states);
    const clock = decoding.readVarUint(states);
    const state = decoding.readVarString(states);
    if (id !== clientId) continue;
    const own = encoding.createEncoder();
    encoding.writeVarUint(own, 1);
    encoding.writeVarUint(own, id);
    encoding.writeVarUint(own, clock);
    encoding.writeVarString(own, state);
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MessageType.awareness);
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(own));
    return encoding.toUint8Array(encoder);
  }
  return null;
}
