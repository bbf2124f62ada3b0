import { addPiece, createDossier, type DossierId, type PieceId, type Rank } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testBlob, testDraft, testId } from '@liasse/core/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Route } from 'wouter';
import type { CompletePort, CompletionResult, Outcome } from '../../app/platform.ts';
import { makeMemoryPlatform, TEST_TEAM } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import PieceScreen from '../piece/PieceScreen.tsx';

const id = testId<DossierId>(50);
const pieceId = testId<PieceId>(100);
const offer = { origins: ['https://cdn.example', 'https://forms.example:8443'], held: [] };

async function show(complete: CompletePort | null) {
  const platform = { ...makeMemoryPlatform(), complete };
  const room = dossierRoom(TEST_TEAM, id);
  const draft = testDraft({ missing: [{ kind: 'image', origin: 'https://cdn.example', count: 2 }] });
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  platform.run(room, addPiece, { pieceId, rank: 'a0' as Rank, draft, parts: { snapshot: testBlob(1) } });
  renderApp(
    <Route path="/dossiers/:dossierId/piece/:pieceId">
      <PieceScreen />
    </Route>,
    { path: `/dossiers/${id}/piece/${pieceId}`, platform },
  );
  await screen.findByText(/Page enregistrée, sauf 2 images/);
}

test('in the web app it says who can complete the page', async () => {
  await show(null);
  expect(screen.getByText(/Seule l’extension Liasse peut compléter cette page/)).not.toBeNull();
  expect(screen.queryByRole('button', { name: 'Compléter…' })).toBeNull();
});

test('where nothing can be asked for, nothing is offered', async () => {
  const none = vi.fn(async () => null);
  await show({ offer: none, run: async () => ({ ok: false, code: 'internal' }) });
  await waitFor(() => expect(none).toHaveBeenCalledWith(pieceId));
  expect(screen.queryByRole('button', { name: 'Compléter…' })).toBeNull();
});

test.each<[string, Outcome<CompletionResult>, RegExp]>([
  [
    'all was found',
    { ok: true, value: { found: 3, left: 0, framesLeft: 0 } },
    /^Page complétée\. La première copie est conservée\.$/,
  ],
  [
    'the page was closed',
    { ok: true, value: { found: 1, left: 2, framesLeft: 1 } },
    /2 éléments n’ont pas été trouvés\. Les cadres ne sont lus que tant que la page est ouverte/,
  ],
  ['the person said no', { ok: false, code: 'cancelled' }, /^Accès refusé/],
  ['something broke', { ok: false, code: 'internal' }, /n’a pas pu être complétée/],
])(
  '[C31] the sites are named before anyone is asked, and what became of it is said: %s',
  async (_what, outcome, said) => {
    const run = vi.fn(async () => outcome);
    await show({ offer: async () => offer, run });
    expect(await screen.findByText(/ces 2 sites\s: cdn\.example et forms\.example:8443/)).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Compléter…' }));
    expect(run).toHaveBeenCalledWith(pieceId, offer);
    expect(await screen.findByText(said)).not.toBeNull();
  },
);
