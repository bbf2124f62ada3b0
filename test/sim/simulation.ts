import { AccountId } from '@liasse/core';
import { type Role, RoomName, WIRE_VERSION } from '@liasse/core/protocol';
import { Chance } from './chance.ts';
import { drawFaults, type Faults } from './faults.ts';
import { Intruder } from './intruder.ts';
import { Network } from './network.ts';
import { Oracle } from './oracle.ts';
import { Page } from './page.ts';
import { SimProfile } from './profile.ts';
import { type Machine, Scheduler } from './scheduler.ts';
import { SimServer } from './server.ts';

const ROOMS = [
  RoomName.parse(`${'0'.repeat(24)}/board`),
  RoomName.parse(`${'0'.repeat(24)}/card/${'1'.repeat(24)}`),
] as const;

const DAY_MS = 86_400_000;

/** A device: a profile, its person, and the pages that are open on it (null: closed, or dead). */
export interface Device {
  readonly profile: SimProfile;
  readonly account: AccountId;
  readonly skewMs: number;
  readonly pages: (Page | null)[];
  /** Places of pages that are just being opened: a second one there would be nobody’s. */
  readonly opening: Set<number>;
  readonly roleKnown: { role: Role };
}

/** Everything that one seed makes: machines, disks, wires, the faults that may happen, and who watches. */
export class Simulation {
  readonly scheduler = new Scheduler();
  readonly chance: Chance;
  readonly faults: Faults;
  readonly oracle: Oracle;
  readonly network: Network;
  readonly server: SimServer;
  readonly devices: readonly Device[];
  readonly rooms: readonly RoomName[];
  readonly intruder: Intruder;
  /** What happened, in words. */
  readonly lines: string[] = [];
  /** Of everything that happened, frame by frame: the same seed gives the same. */
  digest = 0x811c9dc5;
  /** Old and new builds are all replaced by this one. */
  isUpgraded = false;
  readonly #onTrace: ((line: string) => void) | null;
  #edits = 0;
  #pages = 0;

  constructor(seed: number, onTrace: ((line: string) => void) | null = null) {
    this.#onTrace = onTrace;
    this.chance = new Chance(seed);
    this.faults = drawFaults(this.chance);
    this.oracle = new Oracle(this.scheduler);
    const trace = (line: string, bytes?: Uint8Array) => this.trace(line, bytes);
    const { scheduler, oracle, chance } = this;
    this.network = new Network({ scheduler, oracle, chance: chance.fork(), trace });
    this.server = new SimServer({
      scheduler,
      oracle,
      chance: chance.fork(),
      skewMs: this.#drawSkew(),
      log: (line) => this.log(line),
      wires: () => this.network.links.map(({ wire }) => wire),
    });
    this.network.server = this.server;
    this.network.isUntidy = this.faults.untidyFrames;
    this.network.lateTickets = this.faults.lateTickets ? 0.2 : 0;
    this.rooms = chance.happens(0.5) ? ROOMS : ROOMS.slice(0, 1);
    // From 3 to 8 pages on 2 to 5 devices; the first device always has two.
    this.devices = Array.from({ length: 2 + chance.below(4) }, (_, index) => this.#makeDevice(index));
    const machine: Machine = { name: 'intruder', chance: chance.fork(), skewMs: 0, isAlive: true };
    this.intruder = new Intruder({
      machine,
      network: this.network,
      profile: new SimProfile('X', scheduler, oracle),
      account: AccountId.parse('account-x'),
    });
    const on = Object.entries(this.faults).flatMap(([fault, isOn]) => (isOn ? [fault] : []));
    this.log(`${this.devices.map(({ pages }) => pages.length).join('+')} pages, faults: ${on.join(' ') || 'none'}`);
  }

  /** The simulation's own voice in the history, with the true time. */
  log(line: string): void {
    const at = `+${(this.scheduler.elapsedMs / 1000).toFixed(3)}`;
    this.lines.push(`${at.padStart(9)}  ${line}`);
    this.trace(line);
  }

  trace(line: string, bytes?: Uint8Array): void {
    const mix = (value: number) => {
      this.digest = Math.imul(this.digest ^ value, 0x01000193) >>> 0;
    };
    mix(Math.floor(this.scheduler.elapsedMs * 1000));
    for (let i = 0; i < line.length; i += 1) mix(line.charCodeAt(i));
    if (bytes) for (const byte of bytes) mix(byte);
    this.#onTrace?.(
      `${this.scheduler.elapsedMs.toFixed(3)} ${line} ${bytes ? Buffer.from(bytes.subarray(0, 60)).toString('hex') : ''}`,
    );
  }

  /** Pages that live. */
  get pages(): Page[] {
    return this.devices.flatMap(({ pages }) => pages.flatMap((page) => page ?? []));
  }

  /** Runs on a page, now; the page's own code and timers are then that page's. */
  on(page: Page, run: () => void): void {
    this.scheduler.after(page.machine, 0, run);
  }

  openPage(device: Device, index: number): void {
    if (device.pages[index] || device.opening.has(index)) return;
    device.opening.add(index);
    this.#pages += 1;
    const machine: Machine = {
      name: `${device.profile.name}${'abc'[index]}#${this.#pages}`,
      chance: this.chance.fork(),
      skewMs: device.skewMs,
      isAlive: true,
    };
    const { scheduler, network, oracle } = this;
    const isOdd = this.faults.versions && !this.isUpgraded && this.chance.happens(0.4);
    const version = isOdd ? WIRE_VERSION + (this.chance.happens(0.7) ? -1 : 1) : WIRE_VERSION;
    this.log(`${machine.name} opens${isOdd ? `, of wire version ${version}` : ''}`);
    scheduler.after(machine, 0, () => {
      const { profile, account, roleKnown } = device;
      const log = (line: string) => this.log(line);
      const page = new Page({ machine, profile, account, version, network, oracle, scheduler, roleKnown, log });
      device.pages[index] = page;
      device.opening.delete(index);
      for (const room of this.rooms) page.open(room);
    });
  }

  /** A page dies, and maybe its device with it: then nobody hears of it. */
  crashPage(device: Device, index: number, { silently }: { silently: boolean }): void {
    const page = device.pages[index];
    if (!page) return;
    this.log(`${page.machine.name} dies${silently ? ' with its network' : ''}`);
    device.pages[index] = null;
    page.machine.isAlive = false;
    device.profile.died(page.machine);
    for (const link of this.network.links) {
      if (link.client !== page) continue;
      if (silently) link.wire.health = 'dead';
      else link.wire.client.close();
    }
  }

  /** Someone edits a document that they have open. */
  edit(page: Page, chosen?: RoomName): void {
    const rooms = [...page.rooms.keys()];
    if (rooms.length === 0) return;
    const room = chosen ?? this.chance.pick(rooms);
    this.#edits += 1;
    const id = `edit-${this.#edits}`;
    const { chance, oracle } = this;
    const others = oracle.edits.filter((edit) => edit.room === room && edit.removes === null);
    const input = {
      id,
      place: chance.fraction(),
      deletes: chance.happens(0.3) ? chance.below(6) : 0,
      key: `key-${chance.below(4)}`,
      removes: others.length > 0 && chance.happens(0.15) ? chance.pick(others).id : null,
    };
    this.log(`${page.machine.name} makes ${id} in ${room.slice(25, 29)}`);
    this.on(page, () => page.edit(room, input));
  }

  #makeDevice(index: number): Device {
    const profile = new SimProfile('ABCDE'[index] ?? '?', this.scheduler, this.oracle);
    const account = AccountId.parse(`account-${profile.name.toLowerCase()}`);
    const pages = index === 0 || this.chance.happens(0.3) ? 2 : 1;
    this.server.setRole(account, 'editor');
    profile.cacheTroubles = this.faults.cacheLoss ? 0.2 : 0;
    return {
      profile,
      account,
      skewMs: this.#drawSkew(),
      pages: Array.from({ length: pages }, () => null),
      opening: new Set(),
      roleKnown: { role: 'editor' },
    };
  }

  #drawSkew(): number {
    return this.faults.skew ? Math.floor(this.chance.between(-400, 400) * DAY_MS) : 0;
  }
}
