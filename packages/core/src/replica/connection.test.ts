import { expect, test } from 'vitest';
import { CloseCode, decodeWire, encodeWire, MessageType, messageTypeOf } from '../protocol/index.ts';
import { browserTimers } from './browserPorts.ts';
import type { Timers } from './ports.ts';
import { safetyOf } from './syncState.ts';
import { awarenessIn } from './testing/fakeServer.ts';
import { comesTrue, ROOM, setKey, testWorld } from './testing/world.ts';

/** Timers that note what was asked for and run at once what was long: waits are judged, never waited. */
function notingTimers() {
  const delays: number[] = [];
  const timers: Timers = {
    after: (delayMs, run) => {
      delays.push(delayMs);
      return browserTimers.after(Math.min(delayMs / 1_000, 5), run);
    },
  };
  return { delays, timers };
}

test('[P14] each dial offers the subprotocol and a fresh ticket', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
  world.server.cut();
  await comesTrue(() => world.server.dials.length === 2 && open.sync.getSnapshot().connection === 'online');
  const [first, second] = world.server.dials;
  expect([first?.[0], second?.[0], first?.length]).toEqual(['liasse.v1', 'liasse.v1', 2]);
  expect(first?.[1]).not.toBe(second?.[1]);
});

test('[P14] hello is the first frame of every connection', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  const [first] = world.server.received;
  expect(first && decodeWire(first.frame)).toMatchObject({ type: 'hello', version: 1 });
  world.server.cut();
  const before = world.server.received.length;
  await comesTrue(() => world.server.received.length > before);
  const again = world.server.received[before];
  expect(again && decodeWire(again.frame)?.type).toBe('hello');
});

test('[P14] between attempts it waits from half a second up to 30 s, at random, and longer as they fail', async () => {
  const { delays, timers } = notingTimers();
  const world = testWorld({ timers });
  world.server.isUp = false;
  const open = world.page().replica.open(ROOM);
  await open.loaded;
  // Of all that is timed while a dial fails, only the waits between attempts lie in this range and repeat.
  const waits = () => delays.filter((delayMs) => delayMs >= 500 && delayMs <= 30_000 && !Number.isInteger(delayMs));
  await comesTrue(() => waits().length > 30);
  expect(new Set(waits()).size).toBeGreaterThan(25);
  expect(Math.max(...waits().slice(0, 2))).toBeLessThanOrEqual(2_000);
  expect(Math.max(...waits())).toBeGreaterThan(8_000);
  expect(open.sync.getSnapshot().connection).toBe('offline');
});

test('[P14] the first attempt does not wait, and the network’s return cuts a wait short', async () => {
  const never: Timers = { after: (delayMs, run) => (delayMs < 500 ? browserTimers.after(0, run) : () => {}) };
  const world = testWorld({ timers: never });
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().connection === 'offline');
  world.server.isUp = true;
  page.context.wake();
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
});

test('[P14] a socket that never opens is given up, and another is dialled', async () => {
  const { delays, timers } = notingTimers();
  const world = testWorld({ timers });
  world.server.hangs = true;
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => world.server.dials.length >= 2);
  expect(delays).toContain(20_000);
  world.server.hangs = false;
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
});

test('[P14] only one’s own presence goes out', async () => {
  const world = testWorld();
  const a = world.page().replica.open(ROOM);
  const b = world.page({ profile: world.profileOf() }).replica.open(ROOM);
  await comesTrue(() => a.people.getSnapshot().length === 2 && b.people.getSnapshot().length === 2);
  a.setPlace('here');
  await comesTrue(() => b.people.getSnapshot().some(({ place }) => place === 'here'));
  const clientsOf = new Map<object, Set<number>>();
  for (const { socket, frame } of world.server.received) {
    if (messageTypeOf(frame) !== MessageType.awareness) continue;
    const clients = clientsOf.get(socket) ?? new Set();
    clientsOf.set(socket, clients);
    for (const client of awarenessIn(frame).keys()) clients.add(client);
  }
  expect([...clientsOf.values()]).toEqual([new Set([a.doc.clientID]), new Set([b.doc.clientID])]);
});

test('[P14] our messages feed the provider’s watchdog and never reach it', async () => {
  const errors: unknown[] = [];
  const { error } = console;
  console.error = (...said: unknown[]) => errors.push(said);
  try {
    const world = testWorld();
    const open = world.page().replica.open(ROOM);
    await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
    for (const socket of world.server.room(ROOM).sockets) {
      for (let seq = 0; seq < 5; seq++) socket.say(encodeWire({ type: 'at', epoch: 'e', seq }));
    }
    open.run(setKey, { key: 'k', value: 'v' });
    await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
  } finally {
    console.error = error;
  }
  // y-websocket says “Unable to compute message” of a type that it does not know.
  expect(errors).toEqual([]);
});

test.each([CloseCode.ticket, CloseCode.tooFast, CloseCode.store, CloseCode.restart, CloseCode.slowReader, 1006])(
  '[P15] after close code %i it tries again by itself',
  async (code) => {
    const world = testWorld();
    world.server.nextClose = code;
    const open = world.page().replica.open(ROOM);
    await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
    expect(world.server.dials.length).toBe(2);
    expect(open.sync.getSnapshot().trouble).toBeNull();
  },
);

test.each([
  [CloseCode.clientTooOld, 'client-too-old'],
  [CloseCode.tooLarge, 'refused'],
] as const)('[P15] close code %i stops the attempts, says %s, and deletes nothing', async (code, trouble) => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  world.server.nextClose = code;
  world.server.isUp = true;
  await comesTrue(() => open.sync.getSnapshot().trouble?.code === trouble);
  const dials = world.server.dials.length;
  page.context.wake();
  expect(open.sync.getSnapshot()).toMatchObject({ unsent: 1 });
  expect(world.profile.disk.rows.size).toBe(1);
  await comesTrue(() => world.server.dials.length > dials);
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
});

test('[P15] a right that changed is asked for once more; refused again, it stops until someone asks', async () => {
  const world = testWorld();
  const page = world.page();
  const open = page.replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  world.server.ticketRefusal = 'forbidden';
  world.server.cut(CloseCode.forbidden);
  await comesTrue(() => open.sync.getSnapshot().trouble?.code === 'forbidden');
  expect(() => open.run(setKey, { key: 'k', value: 'v' })).toThrow('forbidden');
  world.server.ticketRefusal = null;
  await page.replica.drain();
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
  open.run(setKey, { key: 'k', value: 'v' });
});

test('[P15] a right that changed to reading keeps the reading', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  world.server.role = 'reader';
  world.server.cut(CloseCode.forbidden);
  await comesTrue(() => open.sync.getSnapshot().connection === 'offline');
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
  expect(open.sync.getSnapshot().trouble).toBeNull();
  expect(() => open.run(setKey, { key: 'k', value: 'v' })).toThrow('read-only');
});

test('[P15] signed out, it says so, goes on asking, and goes on by itself once signed in', async () => {
  const world = testWorld();
  world.server.ticketRefusal = 'signed-out';
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'k', value: 'v' });
  await comesTrue(() => open.sync.getSnapshot().trouble?.code === 'signed-out');
  expect(open.sync.getSnapshot().connection).toBe('offline');
  world.server.ticketRefusal = null;
  await page.replica.drain();
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
});
