import { expect, test } from 'vitest';
import { CloseCode } from '../protocol/index.ts';
import { localNames } from './names.ts';
import { comesTrue, ROOM, SCOPE, setKey, testWorld } from './testing/world.ts';

/** A page on which a colleague's document was open, until the server erased it. */
async function erasedOnScreen({ editing = false }: { editing?: boolean } = {}) {
  const world = testWorld();
  world.server.room(ROOM).doc.getMap('m').set('k', 'v');
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'a', value: 'recorded' });
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null && open.sync.getSnapshot().unsent === 0);
  if (editing) {
    world.server.isUp = false;
    world.server.cut();
    open.run(setKey, { key: 'a', value: 'mine' });
    await open.saved();
    world.server.isUp = true;
  }
  world.server.closesEach = CloseCode.deleted;
  world.server.cut();
  page.context.wake();
  await comesTrue(
    () => open.sync.getSnapshot().trouble?.code === 'forbidden' || page.replica.drafts.getSnapshot().length > 0,
  );
  return { world, page, open };
}

test('[P63] a document that turns out to be erased leaves nothing on this device once it is closed here', async () => {
  const { world, page, open } = await erasedOnScreen();
  const { disk, held } = world.profile;
  expect(disk.cache.has(ROOM)).toBe(true);
  open.close();
  await comesTrue(() => !disk.cache.has(ROOM));
  expect(disk.rows.size).toBe(0);
  expect(disk.cursors.has(ROOM)).toBe(false);
  expect(held.has(localNames(SCOPE).sentinel(ROOM, 0))).toBe(false);
  expect(page.replica.drafts.getSnapshot()).toEqual([]);
});

test('[P63] what waited to be sent is a draft, and is not removed with it', async () => {
  const { world, page } = await erasedOnScreen({ editing: true });
  await comesTrue(() => world.profile.disk.rows.size === 0);
  expect(page.replica.drafts.getSnapshot()).toHaveLength(1);
});
