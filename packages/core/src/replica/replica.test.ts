import { expect, test } from 'vitest';
import { safetyOf } from './syncState.ts';
import { comesTrue, LOCAL, ROOM, setKey, testWorld, valueIn } from './testing/world.ts';

test('[P4] two machines see each other’s edits', async () => {
  const world = testWorld();
  const a = world.page().replica.open(ROOM);
  const b = world.page({ profile: world.profileOf() }).replica.open(ROOM);
  await Promise.all([a.loaded, b.loaded]);
  a.run(setKey, { key: 'k', value: 'from a' });
  await comesTrue(() => valueIn(b, 'k') === 'from a');
  b.run(setKey, { key: 'k2', value: 'from b' });
  await comesTrue(() => valueIn(a, 'k2') === 'from b');
  await comesTrue(() => safetyOf(a.sync.getSnapshot()) === 'on-server');
});

test('[P2] a crash right after saved() keeps the edit', async () => {
  const world = testWorld();
  const page = world.page({ scope: LOCAL });
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  page.kill();
  const again = world.page({ scope: LOCAL }).replica.open(ROOM);
  await again.loaded;
  expect(valueIn(again, 'k')).toBe('v');
  expect(again.sync.getSnapshot().connection).toBe('none');
});
