import { execFileSync, spawn } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloseCode } from '@liasse/core/protocol';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { comesTrue, pause } from '../bench/sync/pace.ts';
import { Site, say, temporaryFolder } from './support/site.ts';
import { outcomeOf, read, writersOf } from './support/writers.ts';

const DISK = '2m';

test('[S11] [S85] an fsync that fails: nothing is recorded, the server says so, and goes on once it works again', async () => {
  let site = await Site.start();
  const room = site.newRoom();
  const before = await writersOf(site, room, { count: 5, perSecond: 20, prefix: 'before' });
  await comesTrue(() => before.every(({ client }) => client.taken > 10), 10_000);

  // Of the databases alone: what the sockets and the log file do goes on.
  const strace = spawn(
    'strace',
    ['-f', '-p', String(site.pid), '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  onTestFinished(() => void strace.kill('SIGKILL'));
  const codes = await Promise.all(before.map(({ client }) => client.closed));
  for (const { stop } of before) stop();
  const recordedThen = before.map(({ client }) => client.taken);
  expect(new Set(codes)).toEqual(new Set([CloseCode.store]));
  // At the first probe: one commit that failed may have been one room's own fault.
  await becomes(site, 'store-failing');
  // What is read is what was recorded.
  const reader = await read(site, room);
  expect(reader.getMap('edits').size).toBeGreaterThanOrEqual(recordedThen.reduce((sum, n) => sum + n, 0));
  const refused = await site.join(room);
  refused.update(someEdit('refusé'));
  expect(await refused.closed).toBe(CloseCode.store);
  expect(refused.taken).toBe(0);

  const gone = new Promise((resolve) => strace.once('exit', resolve));
  strace.kill('SIGINT');
  await gone;
  await becomes(site, 'ready');
  const after = await writersOf(site, room, { count: 5, perSecond: 20, prefix: 'after' });
  await comesTrue(() => after.every(({ client }) => client.taken > 10), 10_000);
  for (const { stop } of after) stop();
  await site.end('SIGKILL');
  site = await site.again();
  const outcome = await outcomeOf(site, room, [...before, ...after]);
  expect(outcome.missing).toEqual([]);
  say(
    `fsync failing: ${codes.length} writers closed with 4503, “store-failing” said; back by itself; ${outcome.recorded} recorded, 0 missing`,
  );
});

test(`[S86] a disk of ${DISK} filled by people who write: read-only, said, nothing recorded is lost; with room again it goes on`, async () => {
  const disk = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  let site = await Site.start({ data: disk });
  const room = site.newRoom();
  // What someone may delete to make room.
  const spare = join(disk, 'spare');
  writeFileSync(spare, Buffer.alloc(400 * 1024));
  const before = await writersOf(site, room, { count: 10, perSecond: 50, prefix: 'before' });
  const codes = await Promise.all(before.map(({ client }) => client.closed));
  for (const { stop } of before) stop();
  expect(new Set(codes)).toEqual(new Set([CloseCode.store]));
  expect(await site.readiness()).toBe('disk-full');
  const { bavail, bsize } = statfsSync(disk);
  const held = await outcomeOf(site, room, before);
  expect(held.missing).toEqual([]);
  const refused = await site.join(room);
  refused.update(someEdit('refusé'));
  expect([await refused.closed, refused.taken]).toEqual([CloseCode.store, 0]);

  rmSync(spare);
  await becomes(site, 'ready');
  const after = await writersOf(site, room, { count: 3, perSecond: 10, prefix: 'after' });
  await comesTrue(() => after.every(({ client }) => client.taken > 5), 10_000);
  for (const { stop } of after) stop();
  await site.end('SIGKILL');
  site = await site.again();
  const outcome = await outcomeOf(site, room, [...before, ...after]);
  expect(outcome.missing).toEqual([]);
  say(
    `disk of ${DISK} full (${(bavail * bsize) / 1024} KiB left): read-only, “disk-full” said; recovered alone; ${outcome.recorded} recorded, 0 missing`,
  );
});

async function becomes(site: Site, readiness: string): Promise<void> {
  for (let waited = 0; (await site.readiness()) !== readiness; waited += 1) {
    expect(waited, `not ${readiness} in 10 s`).toBeLessThan(100);
    await pause(100);
  }
}

function someEdit(key: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('edits').set(key, 1);
  return Y.encodeStateAsUpdate(doc);
}
