import { expect, test } from 'vitest';
import { hashOf } from './blobs.ts';
import { comesTrue, LOCAL, ROOM, testWorld } from './testing/world.ts';

const PIECE = new Blob(['<p>arrêté</p>']);

test('[P12] a blob is on disk under the hash of its bytes, with its place in the queue, before its name is given out', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const commits: (() => void)[] = [];
  world.profile.disk.beforeCommit = () => new Promise((resolve) => commits.push(resolve));
  let isNamed = false;
  const naming = page.replica.blobs.put(ROOM, PIECE).then((hash) => {
    isNamed = true;
    return hash;
  });
  await comesTrue(() => commits.length === 1);
  expect([isNamed, world.profile.disk.blobs.size]).toEqual([false, 0]);
  commits[0]?.();
  const hash = await naming;
  page.kill();
  expect(hash).toBe(await hashOf(PIECE));
  expect(await world.profile.disk.blobs.get(hash)?.text()).toBe('<p>arrêté</p>');
  expect([...world.profile.disk.uploads.values()]).toEqual([{ hash, room: ROOM }]);
});

test('[P12] an upload survives a restart, and goes when the server is back', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const hash = await page.replica.blobs.put(ROOM, PIECE);
  await comesTrue(() => page.replica.blobs.waiting.getSnapshot() === 1);
  page.kill();
  const again = world.page();
  await comesTrue(() => again.replica.blobs.waiting.getSnapshot() === 1);
  world.server.isUp = true;
  await comesTrue(() => again.replica.blobs.waiting.getSnapshot() === 0);
  expect(await world.server.blobs.get(hash)?.text()).toBe('<p>arrêté</p>');
  expect(world.profile.disk.blobs.has(hash)).toBe(true);
});

test('[P12] a colleague reads it from the server, then from their own device', async () => {
  const world = testWorld();
  const hash = await world.page().replica.blobs.put(ROOM, PIECE);
  const colleague = world.page({ profile: world.profileOf() });
  await comesTrue(() => world.server.blobs.has(hash));
  expect(await (await colleague.replica.blobs.get(ROOM, hash))?.text()).toBe('<p>arrêté</p>');
  world.server.isUp = false;
  expect(await (await colleague.replica.blobs.get(ROOM, hash))?.text()).toBe('<p>arrêté</p>');
});

test('[P12] bytes that are not what their name says are not given, nor kept', async () => {
  const world = testWorld();
  const { replica } = world.page();
  const hash = await hashOf(PIECE);
  world.server.blobs.set(hash, new Blob(['something else']));
  expect(await replica.blobs.get(ROOM, hash)).toBeNull();
  expect(world.profile.disk.blobs.size).toBe(0);
  world.server.blobs.set(hash, PIECE);
  expect(await replica.blobs.get(ROOM, hash)).not.toBeNull();
});

test('[P12] what neither this device nor the server has now is null', async () => {
  const world = testWorld();
  const { replica } = world.page();
  const hash = await hashOf(PIECE);
  expect(await replica.blobs.get(ROOM, hash)).toBeNull();
  world.server.isUp = false;
  expect(await replica.blobs.get(ROOM, hash)).toBeNull();
});

test('[P12] a refused upload stays, is said, and does not keep others from going', async () => {
  const world = testWorld();
  world.server.blobRefusal = 'hash-mismatch';
  const { replica } = world.page();
  await replica.blobs.put(ROOM, PIECE);
  await comesTrue(() => replica.sync.getSnapshot().trouble?.code === 'refused');
  expect(world.profile.disk.uploads.size).toBe(1);
  world.server.blobRefusal = null;
  const other = await replica.blobs.put(ROOM, new Blob(['autre']));
  await comesTrue(() => world.server.blobs.has(other) && replica.blobs.waiting.getSnapshot() === 0);
  expect(replica.sync.getSnapshot().trouble).toBeNull();
});

test('[P12] on a full disk it is refused, and nothing refers to it', async () => {
  const world = testWorld();
  const { replica } = world.page();
  world.profile.disk.beforeCommit = async () => {
    throw new Error('QuotaExceededError');
  };
  await expect(replica.blobs.put(ROOM, PIECE)).rejects.toMatchObject({ code: 'no-space' });
  expect(world.profile.disk.uploads.size).toBe(0);
});

test('[P12] without a server nothing waits', async () => {
  const world = testWorld();
  const { replica } = world.page({ scope: LOCAL });
  const hash = await replica.blobs.put(ROOM, PIECE);
  expect(replica.blobs.waiting.getSnapshot()).toBe(0);
  expect(await (await replica.blobs.get(ROOM, hash))?.text()).toBe('<p>arrêté</p>');
});

test('[P12] what a page that died left in the queue is sent by the one that lives', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const living = world.page();
  const dying = world.page();
  await comesTrue(() => living.replica.sync.getSnapshot().phase === 'ready');
  const hash = await dying.replica.blobs.put(ROOM, PIECE);
  await comesTrue(() => living.replica.blobs.waiting.getSnapshot() === 1);
  dying.kill();
  world.server.isUp = true;
  await comesTrue(() => world.server.blobs.has(hash) && living.replica.blobs.waiting.getSnapshot() === 0);
});
