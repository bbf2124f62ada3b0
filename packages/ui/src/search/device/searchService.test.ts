// @vitest-environment node
import { AccountId } from '@liasse/core';
import { expect, test } from 'vitest';
import { TEST_NOW, TEST_TEAM } from '../../testing/memoryPlatform.ts';
import type { FromSearch, SearchCounts, SearchHit, ToSearch } from './contract.ts';
import { openSearchService } from './searchService.ts';

const NO_FILTERS = { kind: null, group: null, year: null, trashed: false };
const asking = (typed: string) => ({ typed, filters: NO_FILTERS, limit: 50 });
const hit = (key: string): SearchHit => ({
  ...{ key, kind: 'piece', id: key, title: [], within: null, at: TEST_NOW, trashed: false },
});
const counts: SearchCounts = { total: 1, trashed: 0, kinds: [], groups: [], years: [] };

/** A page's end of a search whose worker says what the test says. */
function page() {
  const asked: number[] = [];
  let hear: (message: FromSearch) => void = () => {};
  const service = openSearchService(
    {
      post: (message: ToSearch) => {
        if (message.kind === 'ask') asked.push(message.id);
      },
      listen: (listener) => {
        hear = listener;
      },
      close: () => {},
    },
    { scope: { server: 'local', account: AccountId.parse('account-amira'), generation: 1 }, team: TEST_TEAM },
  );
  const keys = () => service.answer.getSnapshot()?.hits.map(({ key }) => key) ?? null;
  return { service, asked, say: (message: FromSearch) => hear(message), keys };
}

test('[X17] what comes late of an earlier query is not shown, neither before the later one’s answer nor after it', () => {
  const { service, asked, say, keys } = page();
  service.ask(asking('dec'));
  service.ask(asking('decret'));
  const [first = 0, second = 0] = asked;
  say({ kind: 'first', id: first, hits: [hit('early')] });
  expect(keys()).toBeNull();
  say({ kind: 'all', id: second, hits: [hit('late')], counts });
  say({ kind: 'all', id: first, hits: [hit('early')], counts });
  say({ kind: 'failed', id: first });
  expect(keys()).toEqual(['late']);
  expect(service.answer.getSnapshot()).toMatchObject({ request: { typed: 'decret' }, isFailed: false });
});

test('[X17] the first results are shown before the rest, and do not take its place', () => {
  const { service, asked, say, keys } = page();
  service.ask(asking('decret'));
  const [id = 0] = asked;
  say({ kind: 'first', id, hits: [hit('a')] });
  expect([keys(), service.answer.getSnapshot()?.counts]).toEqual([['a'], null]);
  say({ kind: 'all', id, hits: [hit('a'), hit('b')], counts });
  say({ kind: 'first', id, hits: [hit('a')] });
  expect(keys()).toEqual(['a', 'b']);
});
