import { addPiece, createDossier, type DossierId, type PieceId, type Rank, type TextBlock } from '@liasse/core';
import { compareTexts } from '@liasse/core/compare';
import { dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Route } from 'wouter';
import { CommandProvider } from '../../kit/index.ts';
import { makeMemoryPlatform, TEST_TEAM } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import PieceScreen from '../piece/PieceScreen.tsx';
import type { ToCompare } from './compareWorker.ts';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);

const article = (number: string, ...texts: readonly string[]): readonly TextBlock[] => [
  { kind: 'heading', level: 2, text: `Article ${number}` },
  ...texts.map((text) => ({ kind: 'paragraph', text }) as const),
];
const DELAY = 'Le silence gardé pendant deux mois vaut décision de rejet.';
const NOTICE = 'L’administration accuse réception de toute demande.';
const BEFORE = [...article('1', NOTICE, 'Sans frais.'), ...article('2', DELAY), ...article('3', 'Un article abrogé.')];
const AFTER = [
  ...article('1', NOTICE, 'Sans frais.'),
  ...article('2', DELAY.replace('deux mois', 'trois ans')),
  ...article('4', 'Une disposition toute nouvelle.'),
];

/** jsdom has no workers: this one does the work when it is told to. */
class TestWorker extends EventTarget {
  static readonly alive = new Set<TestWorker>();
  #task: ToCompare | null = null;
  postMessage(task: ToCompare): void {
    this.#task = task;
    TestWorker.alive.add(this);
  }
  terminate(): void {
    TestWorker.alive.delete(this);
  }
  answer(): void {
    if (this.#task === null) throw new Error('nothing was asked');
    const data = compareTexts(this.#task.before, this.#task.after);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

beforeEach(() => {
  vi.stubGlobal('Worker', TestWorker);
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  vi.unstubAllGlobals();
  TestWorker.alive.clear();
});

async function show(later: readonly TextBlock[] | null, latest: readonly TextBlock[] | null = null) {
  const platform = makeMemoryPlatform();
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  const first = testId<PieceId>(100);
  platform.run(room, addPiece, { pieceId: first, rank: 'a0' as Rank, draft: testDraft({ text: [...BEFORE] }) });
  if (later !== null) {
    const draft = testDraft({ text: [...later], capturedAt: 1_800_000_000_000 });
    platform.run(room, addPiece, { pieceId: testId(101), rank: 'a1' as Rank, draft, versionOf: first });
  }
  if (latest !== null) {
    const draft = testDraft({ text: [...latest], capturedAt: 1_900_000_000_000 });
    platform.run(room, addPiece, { pieceId: testId(102), rank: 'a2' as Rank, draft, versionOf: first });
  }
  const app = renderApp(
    <CommandProvider>
      <Route path="/dossiers/:dossierId/piece/:pieceId">
        <PieceScreen />
      </Route>
    </CommandProvider>,
    { path: `/dossiers/${id}/piece/${first}`, platform },
  );
  await screen.findByRole('heading', { level: 1 });
  return { ...app, user: userEvent.setup() };
}

async function compare(later: readonly TextBlock[]) {
  const app = await show(later);
  await app.user.click(screen.getByText('Versions'));
  await app.user.click(await screen.findByRole('button', { name: 'Comparer' }));
  await waitFor(() => expect(TestWorker.alive.size).toBe(1));
  return app;
}

const answer = async () => {
  for (const worker of TestWorker.alive) worker.answer();
  return screen.findByRole('region', { name: 'De la version 1 à la version 2' });
};

test('[V12] the way is there only when there is another version', async () => {
  await show(null);
  expect(screen.queryByText('Versions')).toBeNull();
});

test('[V12] any two versions are compared, the one captured earlier always first, whichever field it was chosen in', async () => {
  const { user } = await show(AFTER, [...BEFORE, ...article('5', 'Un dernier article.')]);
  await user.click(screen.getByText('Versions'));
  const choose = async (field: RegExp, version: RegExp) => {
    await user.click(await screen.findByRole('button', { name: field }));
    await user.click(screen.getByRole('option', { name: version }));
  };
  await choose(/Version postérieure/, /^Version 1,/);
  await choose(/Version antérieure/, /^Version 3,/);
  await user.click(screen.getByRole('button', { name: 'Comparer' }));
  await waitFor(() => expect(TestWorker.alive.size).toBe(1));
  for (const worker of TestWorker.alive) worker.answer();
  const region = await screen.findByRole('region', { name: 'De la version 1 à la version 3' });
  expect(within(region).getByRole('status').textContent).toContain('1 article ajouté.');
});

test('[V10][V11] what changed is said in a sentence, then shown with words that are heard', async () => {
  await compare(AFTER);
  const region = await answer();
  expect(within(region).getByRole('status').textContent).toContain(
    '1 article modifié, 1 article ajouté et 1 article supprimé.',
  );
  const changed = within(region).getByRole('region', { name: 'Article 2' });
  const [removed] = within(changed).getAllByRole('deletion');
  const [added] = within(changed).getAllByRole('insertion');
  expect([removed?.textContent, added?.textContent]).toEqual([
    'supprimé : deux mois (fin)',
    'ajouté : trois ans (fin)',
  ]);
  expect(within(region).getByText('3 paragraphes identiques')).toBeTruthy();
});

test('[V11] changes are gone through with n and p, the focus on each in turn', async () => {
  const { user } = await compare(AFTER);
  await answer();
  const focused = () => document.activeElement?.getAttribute('aria-label');
  await user.keyboard('n');
  expect(focused()).toBe('Article 2');
  await user.keyboard('n');
  const second = focused();
  await user.keyboard('n');
  const third = focused();
  expect([second, third].sort()).toEqual(['Article 3', 'Article 4']);
  await user.keyboard('p');
  expect(focused()).toBe(second);
});

test('[V11] what is the same unfolds when it is asked for', async () => {
  const { user } = await compare(AFTER);
  const region = await answer();
  expect(within(region).queryByText('Sans frais.')).toBeNull();
  await user.click(within(region).getByText('3 paragraphes identiques'));
  expect(await within(region).findByText('Sans frais.')).toBeTruthy();
});

test('[V11] a comparison under way is said, and can be cancelled', async () => {
  const { user } = await compare(AFTER);
  expect(screen.getByText('Comparaison en cours').getAttribute('role')).toBe('status');
  await user.click(screen.getByRole('button', { name: 'Annuler' }));
  expect(TestWorker.alive.size).toBe(0);
  expect(screen.queryByText('Comparaison en cours')).toBeNull();
});

test('[V11] a worker that dies is said to have failed, with what is safe', async () => {
  await compare(AFTER);
  for (const worker of TestWorker.alive) worker.dispatchEvent(new Event('error'));
  expect(await screen.findByText('La comparaison n’a pas abouti.')).toBeTruthy();
});

test('[V1] two versions that say the same are said to', async () => {
  await compare(BEFORE);
  const region = await answer();
  expect(within(region).getByText('Les deux versions disent la même chose, mot pour mot.')).toBeTruthy();
  expect(within(region).queryByRole('navigation')).toBeNull();
});
