import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { AccountId, type TeamId } from '../index.ts';
import { testId } from '../testing/index.ts';
import { browserPorts } from './browserPorts.ts';
import { eraseScope } from './erase.ts';
import type { Sentinel } from './ports.ts';
import { createSearchShelf } from './searchShelf.ts';
import type { Scope } from './types.ts';

const [team, otherTeam] = [testId<TeamId>(1), testId<TeamId>(2)];
const sentinel: Sentinel = { has: async () => false, add: async () => {}, erase: async () => {} };

let scopes = 0;
function freshScope(): Scope {
  scopes += 1;
  return { server: 'https://a.example', account: AccountId.parse(`account-${scopes}`), generation: 1 };
}

test('[X16] segments come back in their order with what is deleted of them, and only those that are kept', async () => {
  const scope = freshScope();
  const shelf = createSearchShelf(scope, team);
  expect(await shelf.segments()).toEqual([]);
  await shelf.keep([
    { id: 7, bytes: Uint8Array.of(7), deleted: [] },
    { id: 3, bytes: Uint8Array.of(3), deleted: [] },
  ]);
  await shelf.keep([
    { id: 9, bytes: Uint8Array.of(9), deleted: [] },
    { id: 3, bytes: null, deleted: [4, 5] },
  ]);
  shelf.close();
  const kept = (await createSearchShelf(scope, team).segments()).map(({ id, bytes, deleted }) => [
    id,
    [...bytes],
    deleted,
  ]);
  expect(kept).toEqual([
    [9, [9], []],
    [3, [3], [4, 5]],
  ]);
});

test('[X16] a failed write leaves what was kept', async () => {
  const shelf = createSearchShelf(freshScope(), team);
  await shelf.keep([{ id: 1, bytes: Uint8Array.of(1), deleted: [] }]);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await expect(shelf.keep([{ id: 2, bytes: Uint8Array.of(2), deleted: [] }])).rejects.toThrow('index');
  put.mockRestore();
  expect((await shelf.segments()).map(({ id }) => id)).toEqual([1]);
});

test('[X10] texts come back as they were, and are gone when they are removed', async () => {
  const shelf = createSearchShelf(freshScope(), team);
  const long = 'Chaque service tient une liasse. '.repeat(5_000);
  await shelf.putTexts(
    new Map([
      ['a', 'été'],
      ['b', long],
      ['c', ''],
    ]),
  );
  expect(await shelf.texts(['b', 'a', 'absent', 'c'])).toEqual(
    new Map([
      ['b', long],
      ['a', 'été'],
      ['c', ''],
    ]),
  );
  await shelf.removeTexts(['b']);
  expect(await shelf.textKeys()).toEqual(['a', 'c']);
});

test('[X14] another account and another team read nothing of it, and erasing the scope erases it', async () => {
  const [mine, theirs] = [freshScope(), freshScope()];
  for (const scope of [mine, theirs]) {
    const shelf = createSearchShelf(scope, team);
    await shelf.putTexts(new Map([['a', scope.account]]));
    await shelf.keep([{ id: 1, bytes: Uint8Array.of(1), deleted: [] }]);
    shelf.close();
  }
  expect(await createSearchShelf(mine, otherTeam).textKeys()).toEqual([]);
  await eraseScope(mine, { channel: browserPorts({ sentinel }).channel, sentinel });
  expect(await createSearchShelf(mine, team).segments()).toEqual([]);
  expect(await createSearchShelf(mine, team).textKeys()).toEqual([]);
  expect([...(await createSearchShelf(theirs, team).texts(['a'])).values()]).toEqual([theirs.account]);
});
