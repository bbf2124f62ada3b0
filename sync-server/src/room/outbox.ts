import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Bundle } from './news.ts';

// Less than this drained in the time allowed is not a slow line, it is nobody reading.
const MIN_PROGRESS_BYTES = 16 * 1024;

/** A socket and, where it has one, the stream that it writes to. */
export type OutSocket = WebSocket & { readonly stream?: Duplex };

/** What goes out on one socket, and whether anyone reads it. */
export class Outbox {
  readonly #socket: OutSocket;
  readonly #highWaterBytes: number;
  readonly #sent: (bytes: number) => void;
  #sentBytes = 0;
  #drainedBytes = 0;
  #progressAt: number;
  #held = false;

  constructor(socket: OutSocket, options: { highWaterBytes: number; now: number; sent: (bytes: number) => void }) {
    this.#socket = socket;
    this.#highWaterBytes = options.highWaterBytes;
    this.#progressAt = options.now;
    this.#sent = options.sent;
  }

  /** Much waits to be sent: nothing that can be shed should be added. */
  get crowded(): boolean {
    return this.#socket.bufferedAmount > this.#highWaterBytes;
  }

  send(frame: Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#sentBytes += frame.length;
    this.#sent(frame.length);
    this.#socket.send(frame);
  }

  /** What is sent until the end of this turn leaves in one write. */
  hold(): void {
    const { stream } = this.#socket;
    if (!stream || this.#held) return;
    this.#held = true;
    stream.cork();
    process.nextTick(() => {
      this.#held = false;
      stream.uncork();
    });
  }

  /**
   * Sends what others are sent too. Written below the WebSocket, framed already: framing it again for each of a thousand readers
   * took more than all the rest. Nothing of ours is ever half written when this comes: messages are not compressed.
   */
  sendAll(bundle: Bundle): void {
    const { stream } = this.#socket;
    if (!stream) {
      for (const frame of bundle.frames) this.send(frame);
      return;
    }
    if (this.#socket.readyState !== this.#socket.OPEN || bundle.bytes === 0) return;
    this.#sentBytes += bundle.bytes;
    this.#sent(bundle.bytes);
    stream.write(bundle.wire);
  }

  /** How long much has waited while nothing to speak of was read (ms); 0 for a reader that reads. */
  stalledMs(now: number): number {
    const drained = this.#sentBytes - this.#socket.bufferedAmount;
    if (!this.crowded || drained - this.#drainedBytes >= MIN_PROGRESS_BYTES) {
      this.#drainedBytes = drained;
      this.#progressAt = now;
    }
    return now - this.#progressAt;
  }
}
