import type { View } from '@liasse/core';
import { markText, parseQuery } from '@liasse/core/search';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { setLanguage } from '../kit/index.ts';
import { TEST_NOW } from '../testing/memoryPlatform.ts';
import { cell } from '../testing/memoryReplica.ts';
import { renderApp } from '../testing/renderApp.tsx';
import type { IndexState, SearchCounts, SearchHit, SearchRequest } from './device/contract.ts';
import type { SearchAnswer, SearchService } from './device/searchService.ts';
import SearchScreen from './SearchScreen.tsx';
import { SearchProvider } from './useTeamSearch.tsx';

beforeEach(() => setLanguage('fr'));

const DOSSIER = { kind: 'dossier', id: 'd1', title: 'Subventions 2026' } as const;
const TITLES = ['Décret du 19 avril', 'Décret rectificatif', 'Arrêté'];

function hit(n: number, title: string, typed: string): SearchHit {
  return {
    key: `piece/${n}`,
    kind: 'piece',
    id: `p${n}`,
    title: markText(title, parseQuery(typed)),
    within: DOSSIER,
    at: TEST_NOW,
    trashed: false,
  };
}

/** A search over three titles, whose state the test sets. */
function makeService() {
  const state = cell<IndexState>({ kind: 'ready' });
  const answer = cell<SearchAnswer | null>(null);
  const asked: SearchRequest[] = [];
  const service: SearchService = {
    state: state as View<IndexState>,
    answer,
    ask: (request) => {
      asked.push(request);
      const { typed, filters } = request;
      const found = TITLES.map((title, n) => hit(n, title, typed)).filter(({ title }) =>
        title.some(({ isMarked }) => isMarked),
      );
      const hits = filters.kind === null || filters.kind === 'piece' ? found : [];
      const counts: SearchCounts = {
        total: hits.length,
        trashed: 1,
        kinds: [{ value: 'piece', label: 'piece', count: found.length }],
        groups: [{ value: 'dossier/d1', label: DOSSIER.title, count: hits.length }],
        years: [{ value: 2026, label: '2026', count: hits.length }],
      };
      const snippets = new Map([['piece/0', markText('Le décret fixe le plafond.', parseQuery(typed))]]);
      answer.set({ request, hits, counts, snippets, isFailed: false });
    },
    changed: () => {},
    close: () => {},
  };
  return { service, state, answer, asked };
}

function open(path = '/recherche') {
  const search = makeService();
  const held: string[] = [];
  const app = renderApp(
    <SearchProvider
      value={() => {
        held.push('hold');
        return { service: search.service, release: () => held.push('release') };
      }}
    >
      <SearchScreen />
    </SearchProvider>,
    { path },
  );
  return { ...search, app, held, user: userEvent.setup() };
}

const field = () => screen.getByRole('searchbox', { name: 'Rechercher dans l’équipe' });
/** Typed at once: each key costs a test a render of the whole screen. */
async function type(user: ReturnType<typeof userEvent.setup>, text: string): Promise<void> {
  await user.click(field());
  await user.paste(text);
}

const results = () => [...screen.getByRole('list', { name: 'Résultats' }).querySelectorAll('a')];

test('[X18] an empty field says what can be looked for, and asks nothing', () => {
  const { asked } = open();
  expect(screen.getByText(/Cherchez un mot/)).toBeDefined();
  expect(asked).toEqual([]);
});

test('[X19] results come as one types, with their words marked, and their number is told', async () => {
  const { user, app } = open();
  await type(user, 'decret');
  expect(results()).toHaveLength(2);
  const [first] = screen.getAllByRole('listitem');
  expect([...(first?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent)).toEqual(['Décret', 'décret']);
  expect(first?.textContent).toContain('Subventions 2026');
  expect(screen.getByText('2 résultats').getAttribute('role')).toBe('status');
  expect(app.path()).toContain('q=decret');
});

test('[X19] arrows go from the field to the results and back, Enter opens, Escape empties', async () => {
  const { user, app } = open('/recherche?q=decret');
  await user.click(field());
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(results()[0]);
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(results()[1]);
  await user.keyboard('{ArrowUp}{ArrowUp}');
  expect(document.activeElement).toBe(field());
  await user.keyboard('{ArrowDown}{Escape}');
  expect(document.activeElement).toBe(field());
  expect(app.path()).toBe('/recherche');
  await type(user, 'arrete');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(results()[0]?.getAttribute('href')).toContain('/dossiers/d1/piece/p2');
});

test('[X19] filters stand in the address, and are cleared in one press when they leave nothing', async () => {
  const { user, app, asked } = open('/recherche?q=decret&type=note&annee=2026&corbeille=oui&dans=dossier/d1');
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({
      typed: 'decret',
      filters: { kind: 'note', group: 'dossier/d1', year: 2026, trashed: true },
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Effacer les filtres' }));
  expect(app.path()).toBe('/recherche?q=decret');
  await user.click(screen.getByRole('button', { name: /Type/ }));
  await user.click(screen.getByRole('option', { name: 'Pièce (2)' }));
  expect(app.path()).toBe('/recherche?q=decret&type=piece');
});

test('[X19] an address that is no filter filters nothing', async () => {
  const { asked } = open('/recherche?q=decret&type=autre&annee=hier');
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.filters).toEqual({ kind: null, group: null, year: null, trashed: false });
});

test('[X18] while documents are indexed it says how many are; nothing found is not yet nothing', async () => {
  const { user, state } = open();
  await type(user, 'zzz');
  expect(screen.getByText('Rien ne correspond à « zzz » sur cet appareil.')).toBeDefined();
  act(() => state.set({ kind: 'indexing', done: 312, total: 1200 }));
  expect(screen.getByText(/^Indexation en cours : 312 sur 1\s200$/)).toBeDefined();
  expect(screen.getByText(/pour l’instant/)).toBeDefined();
});

test('[X18] a search that fails says so, and begins again when it is asked to', async () => {
  const { user, state, held } = open('/recherche?q=decret');
  act(() => state.set({ kind: 'failed' }));
  expect(screen.getByRole('alert').textContent).toContain('La recherche ne fonctionne pas');
  await user.click(screen.getByRole('button', { name: 'Réessayer' }));
  expect(held).toEqual(['hold', 'release', 'hold']);
});
