import { EventEmitter } from 'node:events';
import { MessageType, SyncType } from '@liasse/core/protocol';
import type { SocketLike } from '@liasse/core/replica';
import type { Chance } from './chance.ts';
import type { Machine, Scheduler } from './scheduler.ts';

export interface WireOptions {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly client: Machine;
  readonly server: Machine;
  readonly latencyMs: number;
  /** Updates may come twice, or before an earlier one. */
  readonly isUntidy: () => boolean;
  /** A frame of the client, as a client of its version would say it. */
  readonly translate: (frame: Uint8Array) => Uint8Array;
  /** The server says something, or closes: for the oracle to judge before anything else happens. */
  readonly onServerSays: (frame: Uint8Array) => void;
  readonly onServerCloses: (code: number) => void;
}

const isUpdate = (frame: Uint8Array): boolean => frame[0] === MessageType.sync && frame[1] === SyncType.update;

/** One direction of a wire: in order, each frame some time after the one before. */
class Pipe {
  /** Nothing arrives before: the device is off the network, and what was sent is sent again by TCP. */
  blockedUntil = 0;
  readonly #options: WireOptions;
  readonly #to: Machine;
  #lastAt = 0;
  #held: (() => void) | null = null;

  constructor(options: WireOptions, to: Machine) {
    this.#options = options;
    this.#to = to;
  }

  /** An update may be overtaken by the next one; nothing else overtakes it, and it overtakes nothing else. */
  carryFrame(frame: Uint8Array, arrive: () => void): void {
    const { chance, scheduler, latencyMs, isUntidy } = this.#options;
    if (!isUntidy() || !isUpdate(frame)) {
      this.carry(arrive);
      return;
    }
    if (this.#held === null && chance.happens(0.3)) {
      this.#held = arrive;
      scheduler.after(null, latencyMs, () => this.#letGo());
      return;
    }
    this.#plan(arrive);
    if (chance.happens(0.2)) this.#plan(arrive);
    this.#letGo();
  }

  carry(arrive: () => void): void {
    this.#letGo();
    this.#plan(arrive);
  }

  #letGo(): void {
    const held = this.#held;
    this.#held = null;
    if (held) this.#plan(held);
  }

  #plan(arrive: () => void): void {
    const { scheduler, chance, latencyMs } = this.#options;
    const soonest = scheduler.now + latencyMs * chance.between(0.5, 2);
    this.#lastAt = Math.max(this.#lastAt, this.blockedUntil, soonest);
    scheduler.after(this.#to, this.#lastAt - scheduler.now, arrive);
  }
}

/** A socket between a page and the server, with both its ends, and what can happen to it. */
export class Wire {
  /** `dead`: it takes all and brings nothing, and neither side is told. */
  health: 'works' | 'dead' | 'gone' = 'works';
  readonly options: WireOptions;
  readonly client: ClientSocket;
  readonly serverEnd: ServerSocket;
  readonly toClient: Pipe;
  readonly toServer: Pipe;

  constructor(options: WireOptions) {
    this.options = options;
    this.toClient = new Pipe(options, options.client);
    this.toServer = new Pipe(options, options.server);
    this.client = new ClientSocket(this);
    this.serverEnd = new ServerSocket(this);
  }

  /** Breaks in mid-stream; each side hears of it in its own time. */
  cut(): void {
    if (this.health === 'gone') return;
    const tell = this.health === 'works';
    this.health = 'gone';
    const { scheduler, chance, client, server } = this.options;
    const soon = () => chance.between(0, 3_000);
    if (tell) scheduler.after(client, soon(), () => this.client.ended(1006));
    scheduler.after(server, soon(), () => this.serverEnd.ended(1006));
  }

  block(untilMs: number): void {
    this.toClient.blockedUntil = this.toServer.blockedUntil = untilMs;
  }
}

/** The page's end. */
class ClientSocket implements SocketLike {
  binaryType = 'blob';
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  opened(): void {
    if (this.readyState !== 0 || this.#wire.health !== 'works') return;
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  heard(frame: Uint8Array): void {
    if (this.readyState === 1) this.onmessage?.(new MessageEvent('message', { data: frame.slice().buffer }));
  }

  ended(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    const event = Object.assign(new Event('close'), { code, reason: '', wasClean: code !== 1006 });
    this.onclose?.(event as CloseEvent);
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) return;
    const frame = this.#wire.options.translate(data.slice());
    this.#wire.toServer.carryFrame(frame, () => {
      if (this.#wire.health === 'works') this.#wire.serverEnd.arrived(frame);
    });
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#wire.toServer.carry(() => {
      if (this.#wire.health === 'works') this.#wire.serverEnd.ended(1000);
    });
  }
}

/** The server's end: what of a `ws` socket the rooms use. */
class ServerSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  isPaused = false;
  bufferedAmount = 0;
  readonly #wire: Wire;
  #inbox: (() => void)[] = [];

  constructor(wire: Wire) {
    super();
    this.#wire = wire;
  }

  arrived(frame: Uint8Array): void {
    this.#take(() => this.emit('message', Buffer.from(frame), true));
  }

  ended(code: number): void {
    this.#take(() => {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.emit('close', code);
    });
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    const { scheduler, server } = this.#wire.options;
    scheduler.after(server, 0, () => this.#drain());
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) return;
    const frame = data.slice();
    this.#wire.options.onServerSays(frame);
    this.bufferedAmount += frame.length;
    this.#wire.toClient.carryFrame(frame, () => {
      if (this.#wire.health !== 'works') return;
      this.bufferedAmount = Math.max(0, this.bufferedAmount - frame.length);
      this.#wire.client.heard(frame);
    });
  }

  ping(): void {
    const { scheduler, server, latencyMs } = this.#wire.options;
    if (this.#wire.health !== 'works' || this.#wire.client.readyState === 3) return;
    const blocked = Math.max(0, this.#wire.toServer.blockedUntil - scheduler.now);
    scheduler.after(server, blocked + 2 * latencyMs, () => {
      if (this.#wire.health === 'works' && this.readyState < 3) this.emit('pong');
    });
  }

  close(code: number): void {
    if (this.readyState >= 2) return;
    this.readyState = 2;
    this.#wire.options.onServerCloses(code);
    this.#wire.toClient.carry(() => {
      if (this.#wire.health !== 'works') return;
      this.#wire.client.ended(code);
      this.#wire.toServer.carry(() => this.ended(code));
    });
  }

  terminate(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    const { scheduler, server } = this.#wire.options;
    scheduler.after(server, 0, () => this.emit('close', 1006));
    this.#wire.toClient.carry(() => {
      if (this.#wire.health === 'works') this.#wire.client.ended(1006);
      this.#wire.health = 'gone';
    });
  }

  #take(event: () => void): void {
    if (this.isPaused || this.#inbox.length > 0) this.#inbox.push(event);
    else event();
  }

  #drain(): void {
    while (!this.isPaused) {
      const event = this.#inbox.shift();
      if (!event) return;
      event();
    }
  }
}
