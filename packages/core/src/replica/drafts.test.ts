import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { CloseCode } from '../protocol/index.ts';
import type { Draft } from './deviceStore.ts';
import { documentOf } from './drafts.ts';
import type { FakeServer } from './testing/fakeServer.ts';
import { comesTrue, ROOM, setKey, type TestWorld, testWorld, valueIn } from './testing/world.ts';
import type { OpenDoc, Replica } from './types.ts';

const contentOf = (draft: Draft): Record<string, unknown> => {
  const doc = documentOf(draft);
  const content = doc.getMap('m').toJSON();
  doc.destroy();
  return content;
};
const isRenewed = (open: OpenDoc) => open.sync.getSnapshot().phase === 'renewed';
const draftsOf = (replica: Replica) => replica.drafts.getSnapshot();

/** A page with one edit that the server has, and one made while it was away. */
async function withOfflineEdit(world: TestWorld = testWorld()) {
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'a', value: 'recorded' });
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null && open.sync.getSnapshot().unsent === 0);
  world.server.isUp = false;
  world.server.cut();
  open.run(setKey, { key: 'a', value: 'mine' });
  open.run(setKey, { key: 'b', value: 'mine too' });
  await open.saved();
  const comesBack = () => {
    world.server.isUp = true;
    page.context.wake();
  };
  return { world, page, open, comesBack };
}

test('[P43] edits of someone who may no longer write become a draft, and the document is the server’s again', async () => {
  const { world, page, open, comesBack } = await withOfflineEdit();
  world.server.role = 'reader';
  comesBack();
  await comesTrue(() => isRenewed(open));
  const [draft] = draftsOf(page.replica);
  expect(draft).toMatchObject({ room: ROOM, reason: 'read-only', edits: 2 });
  expect(draft && contentOf(draft)).toEqual({ a: 'mine', b: 'mine too' });
  open.close();
  const again = page.replica.open(ROOM);
  await comesTrue(() => valueIn(again, 'a') === 'recorded');
  expect(valueIn(again, 'b')).toBeUndefined();
  expect(page.replica.sync.getSnapshot()).toMatchObject({ unsent: 0, trouble: null });
  expect([...world.profile.disk.rows.values()]).toEqual([]);
});

test('[P43] so does what is refused for good: no right any more, a deleted document, what is malformed twice', async () => {
  for (const [refuse, reason] of [
    [(server: FakeServer) => (server.ticketRefusal = 'forbidden'), 'forbidden'],
    [(server: FakeServer) => (server.ticketRefusal = 'not-found'), 'deleted'],
    [(server: FakeServer) => (server.closesEach = CloseCode.deleted), 'deleted'],
    [(server: FakeServer) => (server.closesEach = CloseCode.malformed), 'malformed'],
  ] as const) {
    const { world, page, open, comesBack } = await withOfflineEdit();
    refuse(world.server);
    comesBack();
    await comesTrue(() => isRenewed(open));
    expect(draftsOf(page.replica).map((draft) => [draft.reason, draft.edits])).toEqual([[reason, 2]]);
  }
});

test('[P43] too large, too fast, a store that fails and a right that only changed make no draft', async () => {
  const { tooLarge, tooFast, store, restart, ticket, forbidden } = CloseCode;
  for (const code of [tooLarge, tooFast, store, restart, ticket, forbidden]) {
    const { world, page, open, comesBack } = await withOfflineEdit();
    world.server.closesEach = code;
    const dials = world.server.dials.length;
    comesBack();
    await comesTrue(() => world.server.dials.length > dials && open.sync.getSnapshot().connection === 'offline');
    world.server.closesEach = null;
    page.context.wake();
    await comesTrue(() => open.sync.getSnapshot().unsent === 0);
    expect(draftsOf(page.replica)).toEqual([]);
    expect(world.server.room(ROOM).doc.getMap('m').toJSON()).toEqual({ a: 'mine', b: 'mine too' });
  }
});

test('[P43] what is malformed once is sent again', async () => {
  const { world, page, open, comesBack } = await withOfflineEdit();
  world.server.nextClose = CloseCode.malformed;
  comesBack();
  await comesTrue(() => open.sync.getSnapshot().unsent === 0);
  expect(draftsOf(page.replica)).toEqual([]);
  expect(world.server.room(ROOM).doc.getMap('m').get('b')).toBe('mine too');
});

test('[P43] all pages of the profile begin the next generation, with one draft', async () => {
  const world = testWorld();
  const { page, open, comesBack } = await withOfflineEdit(world);
  const other = world.page();
  const there = other.replica.open(ROOM);
  await comesTrue(() => valueIn(there, 'b') === 'mine too');
  world.server.role = 'reader';
  comesBack();
  other.context.wake();
  await comesTrue(() => isRenewed(open) && isRenewed(there));
  await comesTrue(() => draftsOf(page.replica).length === 1 && draftsOf(other.replica).length === 1);
  expect(world.profile.disk.drafts.size).toBe(1);
  expect(other.replica.sync.getSnapshot().unsent).toBe(0);
});

test('[P43] a page that cannot reach the server is told by the one that can', async () => {
  const world = testWorld();
  const { page, open, comesBack } = await withOfflineEdit(world);
  const unreached = Object.create(world.server, { ticket: { value: async () => 'retry' } }) as FakeServer;
  const there = world.page({ server: unreached }).replica.open(ROOM);
  await comesTrue(() => valueIn(there, 'b') === 'mine too');
  world.server.role = 'reader';
  comesBack();
  await comesTrue(() => isRenewed(open) && isRenewed(there));
  expect(draftsOf(page.replica)).toHaveLength(1);
});

test('[P43] edits of a document that nobody has open become a draft as well', async () => {
  const { world, page, open } = await withOfflineEdit();
  open.close();
  await page.replica.close();
  world.server.role = 'reader';
  world.server.isUp = true;
  const later = world.page();
  await later.replica.drain();
  await comesTrue(() => draftsOf(later.replica).length === 1);
  expect(later.replica.sync.getSnapshot().unsent).toBe(0);
});

test('[P44] a device that dies before the draft is durable has the room as it was; after, the draft', async () => {
  const { world, page, open, comesBack } = await withOfflineEdit();
  const { disk } = world.profile;
  disk.beforeCommit = () => new Promise(() => {});
  world.server.role = 'reader';
  comesBack();
  await comesTrue(() => open.sync.getSnapshot().trouble?.code === 'refused');
  page.kill();
  disk.beforeCommit = async () => {};
  expect([disk.rows.size > 0, disk.drafts.size]).toEqual([true, 0]);
  const next = world.page();
  const again = next.replica.open(ROOM);
  await comesTrue(() => disk.drafts.size === 1);
  expect(isRenewed(again)).toBe(true);
  expect(disk.rows.size).toBe(0);
  expect(draftsOf(world.page().replica)).toEqual([]);
  await comesTrue(() => draftsOf(next.replica)[0]?.edits === 2);
});

test('[P44] what a page writes that has not heard yet goes to the draft', async () => {
  const { world, page, open, comesBack } = await withOfflineEdit();
  const { disk } = world.profile;
  world.server.role = 'reader';
  // As a page that is frozen: it knows of nothing that happened since.
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(open.doc));
  const before = Y.encodeStateVector(doc);
  doc.getMap('m').set('late', 'kept');
  comesBack();
  await comesTrue(() => disk.drafts.size === 1);
  const update = Y.encodeStateAsUpdate(doc, before);
  const row = { rowId: 'late', room: ROOM, update, at: 1, edits: 1, recordedSeq: null, generation: 0 };
  await page.context.store.appendRows([row]);
  expect(disk.rows.size).toBe(0);
  const [kept] = await page.context.store.drafts();
  expect(kept && contentOf(kept)).toEqual({ a: 'mine', b: 'mine too', late: 'kept' });
  expect(kept?.edits).toBe(3);
});

test('[P44] an edit that was being stored while the room was put aside is in the draft, and counted nowhere else', async () => {
  const world = testWorld();
  const { page, open, comesBack } = await withOfflineEdit(world);
  const unreached = Object.create(world.server, { ticket: { value: async () => 'retry' } }) as FakeServer;
  const other = world.page({ server: unreached });
  const there = other.replica.open(ROOM);
  await comesTrue(() => valueIn(there, 'b') === 'mine too');
  const { disk } = world.profile;
  let store = () => {};
  disk.beforeCommit = () => {
    disk.beforeCommit = async () => {};
    return new Promise((resolve) => {
      store = resolve;
    });
  };
  there.run(setKey, { key: 'c', value: 'in the making' });
  await comesTrue(() => there.sync.getSnapshot().saving);
  await new Promise((resolve) => setTimeout(resolve, 5));
  world.server.role = 'reader';
  comesBack();
  await comesTrue(() => isRenewed(open) && isRenewed(there));
  store();
  await comesTrue(() => [...disk.drafts.values()][0]?.draft.edits === 3);
  await comesTrue(() => other.replica.sync.getSnapshot().unsent === 0);
  expect(page.replica.sync.getSnapshot().unsent).toBe(0);
  expect(disk.rows.size).toBe(0);
});

test('[P45] a draft is there after a restart, and gone for every page once it is forgotten', async () => {
  const { world, page, open, comesBack } = await withOfflineEdit();
  world.server.role = 'reader';
  comesBack();
  await comesTrue(() => isRenewed(open) && draftsOf(page.replica).length === 1);
  const other = world.page();
  await comesTrue(() => draftsOf(other.replica).length === 1);
  await other.replica.removeDraft(draftsOf(other.replica)[0]?.draftId ?? '');
  await comesTrue(() => draftsOf(page.replica).length === 0);
  expect(world.profile.disk.drafts.size).toBe(0);
});
