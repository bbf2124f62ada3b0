// Past 300 lines: one world and its steps, in the order in which a seed plays them.
import './virtualGlobals.ts';
import type { Role, RoomName } from '@liasse/core/protocol';
import { safetyOf } from '@liasse/core/replica';
import * as Y from 'yjs';
import { marksOf } from './edits.ts';
import { holds } from './oracle.ts';
import type { Page } from './page.ts';
import { type Device, Simulation } from './simulation.ts';
import { happenings } from './trouble.ts';
import { enterWorld } from './virtualGlobals.ts';

export interface Outcome {
  readonly seed: number;
  /** What must never happen and did; empty when all held. */
  readonly violations: readonly string[];
  readonly history: readonly string[];
  /** Of all that happened, frame by frame. */
  readonly digest: string;
  readonly edits: number;
  /** How much virtual time it took, and how many tasks. */
  readonly elapsedMs: number;
  readonly steps: number;
}

/** How long peace may take: a room that nobody has open is tried again every five minutes at most. */
const PEACE_MS = 20 * 60_000;
const LOOK_MS = 2_000;
/** A page reads the feed every two minutes at most; a reading that fails is made up for by the next. */
const FOLLOW_MS = 5 * 60_000;

/** Plays what one seed makes: trouble, then peace, in which all must come right by itself. */
export async function simulate(seed: number, onTrace: ((line: string) => void) | null = null): Promise<Outcome> {
  process.setMaxListeners(0);
  const listeners = process.listeners('exit');
  const sim = new Simulation(seed, onTrace);
  const { scheduler, chance, oracle } = sim;
  const outside = chance.fork();
  enterWorld({
    now: () => Math.floor(scheduler.now + (scheduler.current?.skewMs ?? 0)),
    after: (delayMs, run) => scheduler.after(scheduler.current, delayMs, run),
    fraction: () => (scheduler.current?.chance ?? outside).fraction(),
  });
  const onRejection = (reason: unknown) => {
    oracle.violated(
      `a promise nobody waits for is rejected: ${reason instanceof Error ? reason.stack : String(reason)}`,
    );
  };
  process.on('unhandledRejection', onRejection);
  try {
    await trouble(sim);
    await peace(sim);
  } catch (error) {
    oracle.violated(`something throws: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    enterWorld(null);
    process.off('unhandledRejection', onRejection);
    // y-websocket's, of pages that died.
    for (const listener of process.listeners('exit')) if (!listeners.includes(listener)) process.off('exit', listener);
  }
  return {
    seed,
    violations: oracle.violations,
    history: sim.lines,
    digest: sim.digest.toString(16).padStart(8, '0'),
    edits: oracle.edits.length,
    elapsedMs: scheduler.elapsedMs,
    steps: scheduler.steps,
  };
}

/** What a page had saved when it died, and told nobody of, is sent by the other page of its profile, and shown there. */
async function orphansAreAdopted(sim: Simulation): Promise<void> {
  const { scheduler, oracle } = sim;
  const [device] = sim.devices;
  const [first, second] = device?.pages ?? [];
  if (!device || !first || !second || !mayWrite(sim, first) || isBroken(sim)()) return;
  const room = roomWithSocket(sim, first, second);
  if (room === undefined) return;
  // No socket carries it meanwhile: all that is left is the row.
  for (const link of sim.network.links) if (link.client === first) link.wire.health = 'dead';
  device.profile.onNextRows = () => sim.crashPage(device, 0, { silently: true });
  const before = oracle.edits.length;
  sim.edit(first, room);
  await scheduler.play(scheduler.now + 12_000, isBroken(sim));
  // A row is taken for a dead page's after ten seconds, when the document is quiet again.
  sim.edit(second, room);
  await scheduler.play(scheduler.now + 12_000, isBroken(sim));
  const doc = second.rooms.get(room)?.open.doc;
  for (const edit of oracle.edits.slice(before)) {
    if (!oracle.isCommitted(edit)) oracle.violated(`${edit.id}, saved by a page that died, is sent by nobody`);
    if (doc && Y.getState(doc.store, edit.client) < edit.clock)
      oracle.violated(`${edit.id}, saved by a page that died, is not shown by the other page`);
  }
  device.profile.onNextRows = null;
  sim.openPage(device, 0);
  await untilAtRest(sim, 'nothing flows after a death');
}

const isBroken = (sim: Simulation) => () => sim.oracle.violations.length > 0;

async function trouble(sim: Simulation): Promise<void> {
  const { scheduler, chance, devices } = sim;
  sim.server.start();
  for (const device of devices) for (const index of device.pages.keys()) sim.openPage(device, index);
  const count = 25 + chance.below(50);
  for (let i = 0; i < count && !isBroken(sim)(); i += 1) {
    // Mostly close upon each other, now and then after a while.
    const pauseMs = chance.happens(0.15) ? chance.between(2_000, 45_000) : chance.between(0, 400);
    await scheduler.play(scheduler.now + pauseMs, isBroken(sim));
    chance.pickWeighted(happenings(sim))();
  }
}

/** Nothing goes wrong any more, and nobody helps but by giving rights back and by opening what was closed. */
async function peace(sim: Simulation): Promise<void> {
  const { scheduler, server, network, devices } = sim;
  if (isBroken(sim)()) return;
  sim.log('peace');
  network.heal();
  server.isDiskFull = false;
  server.slownessMs = 5;
  server.onNextCommit = null;
  server.start();
  sim.isUpgraded = true;
  // Pages that were being opened are there.
  await scheduler.play(scheduler.now + 1, isBroken(sim));
  for (const device of devices) {
    device.profile.isFull = false;
    device.profile.cacheTroubles = 0;
    device.profile.onNextRows = null;
    device.pages.forEach((page, index) => {
      if (page && page.version !== PRESENT) sim.crashPage(device, index, { silently: false });
      sim.openPage(device, index);
    });
  }
  await scheduler.play(scheduler.now + 100, isBroken(sim));
  await untilAtRest(sim, 'nothing flows');
  const before = sim.oracle.edits.length;
  for (const page of sim.pages) sim.edit(page);
  await scheduler.play(scheduler.now + LOOK_MS, isBroken(sim));
  if (
    !isBroken(sim)() &&
    sim.pages.some((page) => mayWrite(sim, page) && page.rooms.size > 0) &&
    sim.oracle.edits.length === before
  )
    sim.oracle.violated('nobody could edit in peace');
  await untilAtRest(sim, 'new edits do not flow');
  await siblingsHelp(sim);
  await orphansAreAdopted(sim);
  await whatIsLeftGoesOut(sim);
  await closedDocumentsFollow(sim);
  if (!isBroken(sim)()) judge(sim);
}

const PRESENT = 1;

/** A page whose socket is dead, and who has not noticed, is spoken for by the other page of its profile. */
async function siblingsHelp(sim: Simulation): Promise<void> {
  const { scheduler, network, oracle } = sim;
  const [device] = sim.devices;
  const [first, second] = device?.pages ?? [];
  if (!device || !first || !second || !mayWrite(sim, first) || isBroken(sim)()) return;
  const room = roomWithSocket(sim, first, second);
  if (room === undefined) return;
  sim.log(`the sockets of ${first.machine.name} are dead`);
  for (const link of network.links) if (link.client === first) link.wire.health = 'dead';
  const before = oracle.edits.length;
  sim.edit(first, room);
  // Shorter than it takes to find out: what arrives, arrives by way of the other page.
  await scheduler.play(scheduler.now + 5_000, isBroken(sim));
  for (const edit of oracle.edits.slice(before))
    if (!oracle.isCommitted(edit))
      oracle.violated(`${edit.id} waits for a dead socket although the other page has one`);
  await untilAtRest(sim, 'nothing flows after a dead socket');
}

/** A room that both have open, and for which the second has a socket that carries: its last one may have died in trouble, unnoticed to this day, or be held up still. */
const roomWithSocket = (sim: Simulation, first: Page, second: Page): RoomName | undefined => {
  const works = (room: RoomName) =>
    sim.network.links.some(
      ({ client, room: of, wire }) =>
        client === second && of === room && wire.health === 'works' && wire.toServer.blockedUntil <= sim.scheduler.now,
    );
  return [...first.rooms.keys()].find((room) => second.rooms.has(room) && works(room));
};

/** What was written offline, in a document that is closed before the network is back, goes out by itself. */
async function whatIsLeftGoesOut(sim: Simulation): Promise<void> {
  const { scheduler, network } = sim;
  const page = sim.pages.find((one) => mayWrite(sim, one) && one.rooms.size > 0);
  const device = sim.devices.find(({ profile }) => profile === page?.profile);
  const [room] = page?.rooms.keys() ?? [];
  if (!page || !device || room === undefined || isBroken(sim)()) return;
  network.part(page.profile, 5_000);
  sim.edit(page, room);
  await scheduler.play(scheduler.now + 1_000, isBroken(sim));
  sim.log(`${page.profile.name} closes ${room}, off the network`);
  for (const one of device.pages) if (one) sim.on(one, () => one.close(room));
  await untilAtRest(sim, 'what was left in a closed document does not go out');
}

/** A device on which no document is open holds what others write all the same, without a socket; also once more, after its caches lost rows. */
async function closedDocumentsFollow(sim: Simulation): Promise<void> {
  const { scheduler, chance } = sim;
  const follower = sim.devices.findLast((device) => sim.server.roleOf(device.account) !== null);
  const writer = sim.pages.find(
    (page) => page.profile !== follower?.profile && mayWrite(sim, page) && page.rooms.size > 0,
  );
  if (!follower || !writer || isBroken(sim)()) return;
  sim.log(`${follower.profile.name} closes its documents, and ${writer.machine.name} writes`);
  for (const page of follower.pages)
    if (page)
      sim.on(page, () => {
        for (const room of [...page.rooms.keys()]) page.close(room);
      });
  await scheduler.play(scheduler.now + chance.between(0, 2_000), isBroken(sim));
  await isFollowed(sim, follower, writer);
  sim.log(`the caches of ${follower.profile.name} lose rows`);
  for (const room of writer.rooms.keys()) follower.profile.loseCacheRows(room, chance);
  await isFollowed(sim, follower, writer);
}

async function isFollowed(sim: Simulation, follower: Device, writer: Page): Promise<void> {
  const { scheduler, oracle } = sim;
  if (isBroken(sim)()) return;
  for (const room of writer.rooms.keys()) sim.edit(writer, room);
  const until = scheduler.now + FOLLOW_MS;
  await scheduler.play(scheduler.now + LOOK_MS, isBroken(sim));
  const lacks = () => [...writer.rooms.keys()].find((room) => !holdsAll(sim, follower, room));
  while (scheduler.now < until && !isBroken(sim)() && (!isAllCommitted(sim, writer) || lacks() !== undefined))
    await scheduler.play(scheduler.now + LOOK_MS, isBroken(sim));
  const lacking = lacks();
  if (!isBroken(sim)() && lacking !== undefined)
    oracle.violated(`${follower.profile.name} does not hold what was written in ${lacking}, which it has not open`);
}

const isAllCommitted = ({ oracle }: Simulation, { account }: Page): boolean =>
  oracle.edits.every((edit) => edit.account !== account || oracle.isCommitted(edit));

/** What the server’s disk has of a room, the device’s disk has too. */
function holdsAll({ oracle }: Simulation, { profile }: Device, room: RoomName): boolean {
  const held = new Y.Doc();
  for (const update of profile.disk.cache.get(room) ?? []) Y.applyUpdate(held, update);
  for (const row of profile.disk.rows.values()) if (row.room === room) Y.applyUpdate(held, row.update);
  const isHeld = holds(held, Y.encodeStateAsUpdate(oracle.committedDoc(room)));
  held.destroy();
  return isHeld;
}

const mayWrite = (sim: Simulation, page: Page): boolean => sim.server.roleOf(page.account) === 'editor';

async function untilAtRest(sim: Simulation, otherwise: string): Promise<void> {
  const { scheduler } = sim;
  const until = scheduler.now + PEACE_MS;
  let why = 'not looked at';
  while (scheduler.now < until && !isBroken(sim)()) {
    await scheduler.play(scheduler.now + LOOK_MS, isBroken(sim));
    const found = unrest(sim);
    if (found === null) return;
    why = found;
    // Who was told that they may not asks again when someone does: the person who reads it.
    for (const page of sim.pages) if (page.sync.trouble?.code === 'forbidden') sim.on(page, () => page.wake());
  }
  if (!isBroken(sim)()) sim.oracle.violated(`${otherwise}: ${why}`);
}

/** What is not at rest, in words, or null. */
function unrest(sim: Simulation): string | null {
  for (const device of sim.devices) {
    const role = sim.server.roleOf(device.account);
    if (role === null) continue;
    const unsent = [...device.profile.disk.rows.values()].filter(
      (row) => row.recordedSeq === null && !(device.profile.hasBeenFull && sim.oracle.isRowCommitted(row)),
    );
    // Also of who may only read: what they may not send is a draft, and waits no more.
    if (unsent.length > 0) return `${device.profile.name} still has ${unsent.length} rows to send`;
    for (const page of device.pages)
      if (page) {
        const found = unrestOf(sim, page, role);
        if (found !== null) return `${page.machine.name}: ${found}`;
      }
  }
  return null;
}

function unrestOf(sim: Simulation, page: Page, role: Role): string | null {
  for (const [room, { open, isLoaded }] of page.rooms) {
    if (!isLoaded) return 'a document is loading';
    const state = open.sync.getSnapshot();
    const told = JSON.stringify(state);
    if (role === 'editor' && safetyOf(state) !== 'on-server') return `says ${told}`;
    if (state.connection !== 'online') return `says ${told}`;
    const { store } = open.doc;
    if (store.pendingStructs !== null || store.pendingDs !== null) return 'edits are pending';
    if (!isSame(open.doc, sim.oracle.committedDoc(room))) return `differs from the server in ${room}`;
  }
  return null;
}

const isSame = (a: Y.Doc, b: Y.Doc): boolean =>
  Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && contentOf(a) === contentOf(b);

function contentOf(doc: Y.Doc): string {
  const contested = [...doc.getMap('contested').entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([[...marksOf(doc).keys()].sort(), contested, doc.getText('text').toString()]);
}

/** At rest: everything that anyone was told is true, everywhere. */
function judge(sim: Simulation): void {
  const { oracle } = sim;
  for (const edit of oracle.edits) {
    const wasTold = edit.savedAt !== null || edit.wasRecorded;
    if (!wasTold) continue;
    if (!oracle.isKept(edit))
      oracle.violated(`${edit.id} was shown as ${edit.wasRecorded ? 'recorded' : 'saved'} and is lost`);
    // A mark once taken away is set by nobody again.
    if (edit.removes !== null && oracle.isCommitted(edit) && marksOf(oracle.committedDoc(edit.room)).has(edit.removes))
      oracle.violated(`${edit.id} took the mark of ${edit.removes} away, and it is there`);
  }
}
