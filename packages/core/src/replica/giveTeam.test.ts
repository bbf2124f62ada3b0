import { expect, test } from 'vitest';
import { z } from 'zod';
import { BlobHash, defineOperation, type TeamId } from '../index.ts';
import {
  cardRoomOf,
  comesTrue,
  LOCAL,
  OTHER_ROOM,
  ROOM,
  setKey,
  type TestWorld,
  testWorld,
  valueIn,
} from './testing/world.ts';

const TEAM = ROOM.split('/')[0] as TeamId;

const refer = defineOperation('test.refer', z.strictObject({ hash: BlobHash }), (doc, { hash }) => {
  doc.getMap('blobs').set(hash, { type: 'text/plain', bytes: 1 });
});

/** A local team of three documents, one of which refers to a blob. */
async function localTeam(world: TestWorld) {
  const profile = world.profileOf();
  const { replica } = world.page({ scope: LOCAL, profile });
  for (const room of [ROOM, OTHER_ROOM, cardRoomOf(1)]) {
    const open = replica.open(room);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await open.saved();
  }
  const dossier = replica.open(OTHER_ROOM);
  const hash = await replica.blobs.put(OTHER_ROOM, new Blob(['pièce']));
  dossier.run(refer, { hash });
  await dossier.saved();
  return { replica, dossier, hash, profile };
}

test('[P28] a local team goes to the server under the same names, with its blobs, the same structs and no others', async () => {
  const world = testWorld();
  const { replica: from, dossier, hash } = await localTeam(world);
  const { replica: to } = world.page();
  expect(await from.giveTeam(TEAM, to)).toBe(3);
  expect(await to.waitingOf(TEAM)).toBeGreaterThan(0);
  await to.drain();
  await comesTrue(async () => (await to.waitingOf(TEAM)) === 0);
  for (const room of [ROOM, OTHER_ROOM, cardRoomOf(1)])
    expect(world.server.room(room).doc.getMap('m').get('k')).toBe('v');
  expect([...world.server.blobs.keys()]).toEqual([hash]);
  expect([...world.server.room(OTHER_ROOM).doc.store.clients.keys()]).toEqual([dossier.doc.clientID]);
});

test('[P28] given again, only what is new since goes: what was written meanwhile, and nothing twice', async () => {
  const world = testWorld();
  const { replica: from, dossier } = await localTeam(world);
  const { replica: to } = world.page();
  await from.giveTeam(TEAM, to);
  expect(await from.giveTeam(TEAM, to)).toBe(0);
  dossier.run(setKey, { key: 'late', value: 'v' });
  // Not even durable where it was written: giving waits for it.
  expect(await from.giveTeam(TEAM, to)).toBe(1);
  await to.drain();
  expect(world.server.room(OTHER_ROOM).doc.getMap('m').get('late')).toBe('v');
  expect(await from.giveTeam(TEAM, to)).toBe(0);
});

test('[P28] another team of the same device stays where it is', async () => {
  const world = testWorld();
  const { replica: from } = await localTeam(world);
  const { replica: to } = world.page();
  expect(await from.giveTeam('1'.repeat(24) as TeamId, to)).toBe(0);
  expect(await to.waitingOf(TEAM)).toBe(0);
});

test('[P28] what was given is on this device at once, and stopped before it is sent it is sent later', async () => {
  const world = testWorld();
  const { replica: from } = await localTeam(world);
  world.server.isUp = false;
  const dying = world.page();
  const shown = dying.replica.open(ROOM);
  await shown.loaded;
  await from.giveTeam(TEAM, dying.replica);
  expect(valueIn(shown, 'k')).toBe('v');
  dying.kill();
  world.server.isUp = true;
  const { replica } = world.page();
  await replica.drain();
  await comesTrue(async () => (await replica.waitingOf(TEAM)) === 0);
  expect(world.server.room(cardRoomOf(1)).doc.getMap('m').get('k')).toBe('v');
  expect(world.server.blobs.size).toBe(1);
});
