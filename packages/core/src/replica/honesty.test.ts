import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safetyOf } from './syncState.ts';
import type { TestPage } from './testing/world.ts';
import { comesTrue, ROOM, setKey, testWorld, valueIn } from './testing/world.ts';
import type { OpenDoc } from './types.ts';

/** What can happen to two machines, one of which has two pages, and their server. */
type Event =
  | { readonly kind: 'edit'; readonly page: number }
  | { readonly kind: 'crash-page'; readonly page: number }
  | { readonly kind: 'commit'; readonly count: number }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'cut' | 'crash-server' | 'down' | 'up' | 'lose-cache' };

const pause = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), page: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), waitMs: fc.constantFrom(1, 2, 4, 15) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash-page' as const), page: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('cut', 'crash-server', 'down', 'up', 'lose-cache') }),
  },
);

interface Live {
  page: TestPage;
  open: OpenDoc;
  unwatch: () => void;
}

async function playOut(events: readonly Event[], seed: number): Promise<void> {
  const world = testWorld({ seed });
  world.server.holdsBack = true;
  const second = world.profileOf();
  // A commit takes a moment, so that a crash can fall into it.
  world.profile.disk.beforeCommit = () => pause(3);
  /** Edits that a page said to be durable, and those still on their way. */
  const saved = new Set<string>();
  const made = new Map<number, string[]>([0, 1, 2].map((index) => [index, []]));
  const violations: string[] = [];

  const openPage = async (index: number): Promise<Live> => {
    const page = world.page(index === 2 ? { profile: second } : {});
    const open = page.replica.open(ROOM);
    const check = () => {
      const state = open.sync.getSnapshot();
      const keys = made.get(index) ?? [];
      if (safetyOf(state) !== 'saving') for (const key of keys) saved.add(key);
      if (safetyOf(state) !== 'on-server') return;
      const server = world.server.room(ROOM).doc.getMap('m');
      for (const key of open.doc.getMap('m').keys())
        if (!server.has(key)) violations.push(`${index} flattered: ${key}`);
    };
    const unwatch = open.sync.subscribe(check);
    await open.loaded;
    return { page, open, unwatch };
  };
  const pages = await Promise.all([0, 1, 2].map(openPage));
  let edits = 0;

  for (const step of events) {
    if (step.kind === 'edit') {
      edits += 1;
      const key = `edit-${edits}`;
      // The synchronous state after the edit is `saving`: the key is in before anyone is told.
      const live = pages[step.page] as Live;
      made.get(step.page)?.push(key);
      live.open.run(setKey, { key, value: 'v' });
      expect(live.open.sync.getSnapshot().saving).toBe(true);
    } else if (step.kind === 'crash-page') {
      const live = pages[step.page] as Live;
      live.unwatch();
      live.page.kill();
      made.set(step.page, []);
      pages[step.page] = await openPage(step.page);
    } else if (step.kind === 'commit') world.server.commit(step.count);
    else if (step.kind === 'cut') world.server.cut();
    else if (step.kind === 'crash-server') world.server.crash();
    else if (step.kind === 'lose-cache') world.profile.disk.cache.get(ROOM)?.splice(0, 1);
    else if (step.kind === 'down' || step.kind === 'up') {
      world.server.isUp = step.kind === 'up';
      if (step.kind === 'down') world.server.cut();
    } else if (step.kind === 'wait') await pause(step.waitMs);
    await Promise.resolve();
  }

  world.server.isUp = true;
  world.server.holdsBack = false;
  world.server.commit();
  for (const { page } of pages) page.context.wake();
  await comesTrue(() => pages.every(({ open }) => safetyOf(open.sync.getSnapshot()) === 'on-server'));
  const server = world.server.room(ROOM).doc.getMap('m');
  for (const key of saved) expect(server.has(key), `${key} was said to be saved`).toBe(true);
  await comesTrue(() => pages.every(({ open }) => [...server.keys()].every((key) => valueIn(open, key) === 'v')));
  expect(violations).toEqual([]);
  for (const { page, unwatch } of pages) {
    unwatch();
    page.kill();
  }
}

test('[P2] [P5] [P16] whatever happens, no page says “on the server” of an edit that the server could lose, and nothing saved is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 10, maxLength: 60, size: 'max' }),
      fc.nat(1_000_000),
      (events, seed) => playOut(events, seed),
    ),
    // Time is real here, so a smaller history need not fail again.
    { numRuns: 50, endOnFailure: true },
  );
}, 60_000);

// Found by the property above, once in some 2,000 histories: an edit was cached, then its page died before it was durable.
// The next page built on it from the cache; the cache was lost, and edits that had been saved stood on nothing.
test('[P2] [P22] an edit that a crash cut off is not in the cache, so that nothing saved later stands on it', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  world.profile.disk.beforeCommit = () => new Promise(() => {});
  open.run(setKey, { key: 'cut off', value: 'v' });
  void open.saved();
  await pause(2);
  page.kill();
  world.profile.disk.beforeCommit = async () => {};

  const next = world.page();
  const reopened = next.replica.open(ROOM);
  await reopened.loaded;
  expect(valueIn(reopened, 'cut off')).toBeUndefined();
  reopened.run(setKey, { key: 'saved', value: 'v' });
  await reopened.saved();
  next.kill();
  world.profile.disk.cache.clear();
  const last = world.page().replica.open(ROOM);
  await last.loaded;
  expect(valueIn(last, 'saved')).toBe('v');
});

// Found by the simulation, seed 50. Yjs tells an update with all that it led to here: where an edit of ours won over it,
// that it is deleted. In the cache, that outlived our edit, and the next exchange took the value from everybody.
test('[P22] a value that lost against an edit which a crash then cut off is there again', async () => {
  const world = testWorld();
  const theirs = world.page({ profile: world.profileOf() }).replica.open(ROOM);
  const page = world.page();
  const ours = page.replica.open(ROOM);
  for (const { sync } of [theirs, ours]) await comesTrue(() => safetyOf(sync.getSnapshot()) === 'on-server');
  // Of two values set at once, that of the higher client stands.
  theirs.doc.clientID = 1;
  ours.doc.clientID = 2;
  world.server.holdsBack = true;
  theirs.run(setKey, { key: 'contested', value: 'theirs' });
  await pause(5);
  world.profile.disk.beforeCommit = () => new Promise(() => {});
  ours.run(setKey, { key: 'contested', value: 'ours' });
  world.server.commit(1);
  await comesTrue(() => ours.doc.store.clients.has(1));
  expect(valueIn(ours, 'contested')).toBe('ours');

  page.kill();
  world.server.crash();
  world.server.holdsBack = false;
  world.profile.disk.beforeCommit = async () => {};
  const again = world.page().replica.open(ROOM);
  await again.loaded;
  expect(valueIn(again, 'contested')).toBe('theirs');
});
