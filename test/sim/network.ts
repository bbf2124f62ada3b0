import { type AccountId, decodeWire, encodeWire, type FeedPage, type RoomName } from '@liasse/core/protocol';
import type { NotAsked, SocketLike, TicketAnswer } from '@liasse/core/replica';
import type { Chance } from './chance.ts';
import type { Oracle } from './oracle.ts';
import type { SimProfile } from './profile.ts';
import type { Machine, Scheduler } from './scheduler.ts';
import type { SimServer } from './server.ts';
import { Wire } from './wire.ts';

/** Who uses the network: a page, or someone who only claims to be one. */
export interface Client {
  readonly machine: Machine;
  readonly profile: SimProfile;
  readonly account: AccountId;
  /** The wire version that it speaks. */
  readonly version: number;
  closedWith(room: RoomName, code: number): void;
}

/** A socket and whose it is. */
export interface Link {
  readonly wire: Wire;
  readonly client: Client;
  readonly room: RoomName;
}

/** Nobody waits longer for an answer over HTTP. */
const HTTP_PATIENCE_MS = 15_000;
/** A device that fell asleep with the answer in its hands comes back to it much later. */
const ASLEEP_MS = 90_000;

/** What lies between the devices and the server. */
export class Network {
  /** Updates come twice or out of order. */
  isUntidy = false;
  /** How likely a ticket is to come when it has expired. */
  lateTickets = 0;
  server: SimServer | null = null;
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  readonly #oracle: Oracle;
  readonly #trace: (line: string, bytes?: Uint8Array) => void;
  readonly #offlineUntil = new Map<SimProfile, number>();
  #links: Link[] = [];

  constructor(options: {
    scheduler: Scheduler;
    chance: Chance;
    oracle: Oracle;
    trace: (line: string, bytes?: Uint8Array) => void;
  }) {
    this.#scheduler = options.scheduler;
    this.#chance = options.chance;
    this.#oracle = options.oracle;
    this.#trace = options.trace;
  }

  get links(): readonly Link[] {
    this.#links = this.#links.filter(({ wire }) => wire.health !== 'gone');
    return this.#links;
  }

  /** Takes a device off the network; what was on its way comes late, or never. */
  part(profile: SimProfile, forMs: number): void {
    const until = this.#scheduler.now + forMs;
    this.#offlineUntil.set(profile, until);
    for (const { wire, client } of this.links) {
      if (client.profile !== profile) continue;
      if (this.#chance.happens(0.5)) wire.block(until);
      else wire.health = 'dead';
    }
  }

  heal(): void {
    this.#offlineUntil.clear();
    this.isUntidy = false;
    this.lateTickets = 0;
  }

  isOffline(profile: SimProfile): boolean {
    return (this.#offlineUntil.get(profile) ?? 0) > this.#scheduler.now;
  }

  ask(client: Client, room: RoomName): Promise<TicketAnswer> {
    const scheduler = this.#scheduler;
    const latency = () => this.#chance.between(1, 80);
    return new Promise((resolve) => {
      const answer = (what: TicketAnswer, inMs: number) => scheduler.after(client.machine, inMs, () => resolve(what));
      const machine = this.server?.machine;
      if (!machine || this.isOffline(client.profile)) {
        answer('retry', this.#chance.between(1, 2_000));
        return;
      }
      const isLate = this.#chance.happens(this.lateTickets);
      answer('retry', isLate ? ASLEEP_MS : HTTP_PATIENCE_MS);
      scheduler.after(machine, latency(), () => {
        const said = this.server?.ticket(client.account, room) ?? 'retry';
        answer(said, isLate ? this.#chance.between(61_000, 80_000) : latency());
      });
    });
  }

  batch(client: Client, asked: Uint8Array): Promise<Uint8Array | NotAsked> {
    this.#trace(`${client.machine.name} asks`, asked);
    return this.#asking(client, async (server) => {
      const answer = await server.batch(client.account, asked);
      if (answer instanceof Uint8Array) this.#trace(`${client.machine.name} is answered`, answer);
      return answer;
    });
  }

  feed(client: Client, since: string | null): Promise<FeedPage | NotAsked> {
    return this.#asking(client, (server) => server.feed(client.account, since));
  }

  /** A request over HTTP: it, or its answer, may be lost on the way, and it is then given up. */
  #asking<T>(client: Client, ask: (server: SimServer) => Promise<T | 'retry'>): Promise<T | 'retry'> {
    const scheduler = this.#scheduler;
    const latency = () => this.#chance.between(1, 80);
    return new Promise((resolve) => {
      const answer = (what: T | 'retry', inMs: number) => scheduler.after(client.machine, inMs, () => resolve(what));
      const machine = this.server?.machine;
      if (!machine || this.isOffline(client.profile)) {
        answer('retry', this.#chance.between(1, 2_000));
        return;
      }
      answer('retry', HTTP_PATIENCE_MS);
      scheduler.after(machine, latency(), () => {
        if (!this.server) return;
        void ask(this.server).then((said) => {
          if (machine.isAlive && !this.isOffline(client.profile)) answer(said, latency());
        });
      });
    });
  }

  dial(client: Client, url: string, protocols: readonly string[]): SocketLike {
    const scheduler = this.#scheduler;
    const room = url.split('/sync/')[1] as RoomName;
    const [, ticket = ''] = protocols;
    const machine = this.server?.machine;
    const isReached = machine !== null && machine !== undefined && !this.isOffline(client.profile);
    const wire = new Wire({
      scheduler,
      chance: this.#chance,
      client: client.machine,
      server: machine ?? client.machine,
      latencyMs: this.#chance.between(1, 60),
      isUntidy: () => this.isUntidy,
      translate: (frame) => {
        this.#trace(`${client.machine.name} says`, frame);
        const message = decodeWire(frame);
        return message?.type === 'hello' ? encodeWire({ ...message, version: client.version }) : frame;
      },
      onServerSays: (frame) => {
        this.#trace(`${client.machine.name} is told`, frame);
        this.#oracle.served(client.account, room, frame);
      },
      onServerCloses: (code) => {
        this.#trace(`${client.machine.name} is closed ${code}`);
        client.closedWith(room, code);
      },
    });
    if (!isReached) {
      // Refused, or, one time in three, left without an answer.
      if (this.#chance.happens(0.67))
        scheduler.after(client.machine, this.#chance.between(1, 2_000), () => wire.client.ended(1006));
      else wire.health = 'dead';
      return wire.client;
    }
    this.#links.push({ wire, client, room });
    wire.toServer.carry(() => {
      if (wire.health !== 'works') return;
      wire.toClient.carry(() => wire.client.opened());
      this.server?.welcome(wire, { room, ticket });
    });
    return wire.client;
  }
}
