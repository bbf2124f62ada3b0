import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RoomName } from '@liasse/core/protocol';
import { type OpenDoc, safetyOf } from '@liasse/core/replica';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { deviceOf } from '../bench/spine/device.ts';
import { pause } from '../bench/sync/pace.ts';
import { BadLine } from './support/badLine.ts';
import { signIn } from './support/signIn.ts';
import { Site, say } from './support/site.ts';
import { outcomeOf, read, writersOf } from './support/writers.ts';

const STOPPED_MS = 90_000;
const SLOW_BYTES_PER_S = 100_000;
const LARGE_BYTES = 4_500_000;
const PROCESS = fileURLToPath(new URL('./support/deviceProcess.ts', import.meta.url));

const comesTrue = (check: () => boolean, timeout = 120_000) => vi.waitUntil(check, { timeout, interval: 20 });
const online = ({ sync }: OpenDoc) => sync.getSnapshot().connection === 'online';
const unsent = ({ sync }: OpenDoc) => sync.getSnapshot().unsent;
const seconds = (sinceMs: number) => ((performance.now() - sinceMs) / 1000).toFixed(1);

test(`a device stopped for ${STOPPED_MS / 1000} s while others write: it comes back by itself, with all of both`, async () => {
  const site = await Site.start();
  const room = site.newRoom();
  const child = spawn(process.execPath, [PROCESS, site.url, room], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  await comesTrue(() => lines.includes('online'));
  const writers = await writersOf(site, room, { count: 5, perSecond: 5, prefix: 'other' });
  await pause(2_000);
  child.kill('SIGSTOP');
  await pause(STOPPED_MS);
  child.kill('SIGCONT');
  const backMs = performance.now();
  for (const { stop } of writers) stop();
  child.stdin.end();
  await comesTrue(() => lines.length > 1, 180_000);
  const { edits, seen } = JSON.parse(lines[1] ?? '{}') as { edits: number; seen: number };
  const there = (await read(site, room)).getMap('edits');
  const own = [...there.keys()].filter((key) => key.startsWith('stopped.')).length;
  const outcome = await outcomeOf(site, room, writers);
  expect([own, outcome.missing]).toEqual([edits, []]);
  expect(seen).toBe(there.size - own);
  say(
    `a device stopped for ${STOPPED_MS / 1000} s: in step ${seconds(backMs)} s after; ${edits} of its edits and ${seen} of the others’ on both sides`,
  );
});

test('lines that die without a word: both ends find out, and what was written meanwhile arrives over a new one', async () => {
  const site = await Site.start();
  const room = site.newRoom();
  const line = await BadLine.to(site.url);
  const session = await signIn(site.url);
  const [far, near] = [deviceOf(session, line.url), deviceOf(session, site.url)];
  onTestFinished(() => Promise.all([far.close(), near.close()]).then(() => {}));
  const [there, here] = [far.open(room), near.open(room)];
  await comesTrue(() => online(there) && online(here) && here.people.getSnapshot().length > 0);
  expect(line.goSilent()).toBeGreaterThan(0);
  const deadMs = performance.now();
  there.doc.getMap('edits').set('far', 1);
  here.doc.getMap('edits').set('near', 1);
  await comesTrue(() => unsent(there) > 0);
  // It never says that the server has what went nowhere.
  await pause(5_000);
  expect([unsent(here), unsent(there)]).toEqual([0, 1]);
  await comesTrue(() => unsent(there) === 0 && there.doc.getMap('edits').has('near'));
  const foundOut = seconds(deadMs);
  await comesTrue(() => here.doc.getMap('edits').has('far'));
  say(
    `a half-open line: noticed and replaced after ${foundOut} s, nothing said to be recorded meanwhile, nothing lost`,
  );
});

test('lines reset at random for half a minute: everyone ends with everything', async () => {
  const site = await Site.start();
  const room = site.newRoom();
  const line = await BadLine.to(site.url);
  const session = await signIn(site.url);
  const devices = Array.from({ length: 6 }, () => deviceOf(session, line.url));
  onTestFinished(() => Promise.all(devices.map((device) => device.close())).then(() => {}));
  const opens = devices.map((device) => device.open(room));
  await comesTrue(() => opens.every(online));
  let edits = 0;
  let resets = 0;
  const editing = setInterval(() => {
    edits += 1;
    opens.forEach(({ doc }, index) => {
      doc.getMap('edits').set(`${index}.${edits}`, 1);
    });
  }, 100);
  for (let round = 0; round < 60; round += 1) {
    await pause(500);
    resets += line.reset(0.3);
  }
  clearInterval(editing);
  const calmMs = performance.now();
  await comesTrue(() => opens.every((open) => unsent(open) === 0 && open.doc.getMap('edits').size === 6 * edits));
  expect((await read(site, room)).getMap('edits').size).toBe(6 * edits);
  say(`${resets} lines reset in 30 s under 6 devices: ${6 * edits} edits, all everywhere ${seconds(calmMs)} s later`);
});

/** A room with a large document in it. */
async function withLargeDocument(): Promise<{ site: Site; room: RoomName; length: number }> {
  const site = await Site.start();
  const room = site.newRoom();
  const author = new Y.Doc();
  const text = author.getText('t');
  while (text.length < LARGE_BYTES) text.insert(text.length, 'la commission a rendu un avis favorable. '.repeat(500));
  const writer = await site.join(room);
  writer.update(Y.encodeStateAsUpdate(author));
  await comesTrue(() => writer.taken === 1);
  return { site, room, length: text.length };
}

const SLOW = `a line of ${SLOW_BYTES_PER_S / 1000} KB/s: a document of ${LARGE_BYTES / 1e6} MB arrives`;

test(`${SLOW} at a socket`, async () => {
  const { site, room, length } = await withLargeDocument();
  const line = await BadLine.to(site.url, { bytesPerS: SLOW_BYTES_PER_S });
  const startedMs = performance.now();
  const doc = new Y.Doc();
  await site.join(room, { through: line.url, onUpdate: (update) => Y.applyUpdate(doc, update) });
  expect(doc.getText('t').length).toBe(length);
  say(`${LARGE_BYTES / 1e6} MB at ${SLOW_BYTES_PER_S / 1000} KB/s: ${seconds(startedMs)} s to a socket`);
});

// One frame of it outlasts the provider’s patience: it comes over HTTP (P47).
test(`[P47] ${SLOW} at a device`, async () => {
  const { site, room, length } = await withLargeDocument();
  const line = await BadLine.to(site.url, { bytesPerS: SLOW_BYTES_PER_S });
  const device = deviceOf(await signIn(site.url), line.url);
  onTestFinished(() => device.close());
  const open = device.open(room);
  const startedMs = performance.now();
  await comesTrue(() => open.doc.getText('t').length === length, 100_000);
  // And the socket goes on from there, instead of asking for all of it again.
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server', 10_000);
  say(`${LARGE_BYTES / 1e6} MB at ${SLOW_BYTES_PER_S / 1000} KB/s: ${seconds(startedMs)} s to a device`);
});

test('[S81] SIGTERM under load: out in time, sockets closed with 1012, nothing recorded is missing', async () => {
  let site = await Site.start();
  const room = site.newRoom();
  const writers = await writersOf(site, room, { count: 50, perSecond: 20, prefix: 'w' });
  await pause(2_000);
  const toldMs = performance.now();
  const ended = await site.end('SIGTERM');
  const took = seconds(toldMs);
  for (const { stop } of writers) stop();
  const codes = await Promise.all(writers.map(({ client }) => client.closed));
  expect(ended).toEqual({ code: 0, signal: null });
  expect(Number(took)).toBeLessThan(10);
  expect(new Set(codes)).toEqual(new Set([1012]));
  site = await site.again();
  const { recorded, missing, unknown } = await outcomeOf(site, room, writers);
  expect(missing).toEqual([]);
  say(
    `SIGTERM under 50 writers: out in ${took} s, ${codes.length} sockets told 1012, ${recorded} recorded, 0 missing, ${unknown} in flight`,
  );
});

test('a thousand clients come back at once: all are let in, each edit is recorded', async () => {
  let site = await Site.start();
  const room = site.newRoom();
  const count = 1_000;
  const before = await Promise.all(Array.from({ length: count }, () => site.join(room)));
  await site.end('SIGKILL');
  await Promise.all(before.map(({ closed }) => closed));
  site = await site.again();
  const startedMs = performance.now();
  const writers = await writersOf(site, room, { count, perSecond: 0.001, prefix: 'back' });
  for (const { write } of writers) write();
  await comesTrue(() => writers.every(({ client }) => client.taken === 1));
  const took = seconds(startedMs);
  for (const { stop } of writers) stop();
  const { recorded, missing } = await outcomeOf(site, room, writers);
  expect([recorded, missing]).toEqual([count, []]);
  say(`${count} clients at once after a crash: all in, and an edit of each recorded, in ${took} s`);
});
