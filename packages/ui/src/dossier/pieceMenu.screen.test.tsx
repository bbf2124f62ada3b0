import {
  addPiece,
  createDossier,
  type DossierId,
  type PieceId,
  piecesView,
  type Rank,
  registerDossier,
  trashedPiecesView,
  trashPiece,
} from '@liasse/core';
import { boardRoom, dossierRoom } from '@liasse/core/protocol';
import { testBlob, testDraft, testId } from '@liasse/core/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { expect, test } from 'vitest';
import { Route, Switch } from 'wouter';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { dossierFeature } from './dossierFeature.ts';

const [here, there] = [testId<DossierId>(50), testId<DossierId>(51)];
const pieceAt = (n: number) => testId<PieceId>(100 + n);

function show(path: string) {
  const platform = makeMemoryPlatform();
  const replica = platform.replica(testWorkspace().scope);
  for (const [id, title] of [
    [here, 'Subventions 2026'],
    [there, 'Marchés'],
  ] as const) {
    platform.run(boardRoom(TEST_TEAM), registerDossier, { dossierId: id, title });
    platform.run(dossierRoom(TEST_TEAM, id), createDossier, { dossierId: id, title });
  }
  const add = (n: number, more: { versionOf?: PieceId; title?: string; at?: number } = {}) =>
    platform.run(dossierRoom(TEST_TEAM, here), addPiece, {
      pieceId: pieceAt(n),
      rank: `a${n}` as Rank,
      draft: testDraft({ title: more.title ?? `Texte ${n}`, capturedAt: more.at ?? 1_700_000_000_000 }),
      versionOf: more.versionOf ?? null,
    });
  add(0);
  add(1, { title: 'Note' });
  add(2, { versionOf: pieceAt(0), at: 1_800_000_000_000 });
  const app = renderApp(
    <Suspense>
      <Switch>
        {dossierFeature.routes.map(({ path: route, screen: Screen }) => (
          <Route key={route} path={route}>
            <Screen />
          </Route>
        ))}
      </Switch>
    </Suspense>,
    { path, platform },
  );
  const pieces = (id: DossierId) => piecesView(replica.doc(dossierRoom(TEST_TEAM, id))).getSnapshot();
  return { ...app, user: userEvent.setup(), replica, pieces };
}

test('[T7] a piece is moved to another dossier by typing its title, and brought back', {
  timeout: 60_000,
}, async () => {
  const { user, pieces, replica, toasts } = show(`/dossiers/${here}/piece/${pieceAt(1)}`);
  await user.click(await screen.findByRole('button', { name: /^Actions sur/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Déplacer vers un autre dossier…' }));
  const dialog = await screen.findByRole('dialog');
  const field = within(dialog).getByRole('combobox');
  await waitFor(() => expect(document.activeElement).toBe(field));
  await user.keyboard('march{ArrowDown}{Enter}');
  await user.click(within(dialog).getByRole('button', { name: 'Déplacer ici' }));
  await waitFor(() => expect(pieces(there).items.map(({ title }) => title)).toEqual(['Note']));
  expect(pieces(here).byId.has(pieceAt(1))).toBe(false);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  toasts()
    .find(({ undo }) => undo !== undefined)
    ?.undo?.();
  await waitFor(() => expect(pieces(here).byId.has(pieceAt(1))).toBe(true));
  const trashed = trashedPiecesView(replica.doc(dossierRoom(TEST_TEAM, there))).getSnapshot();
  expect([pieces(there).items, trashed.byId.has(pieceAt(1))]).toEqual([[], true]);
});

test('[E20] a citation is copied, and shown where the browser lets nothing be copied', async () => {
  const { user, toasts } = show(`/dossiers/${here}/piece/${pieceAt(1)}`);
  await user.click(await screen.findByRole('button', { name: /^Actions sur/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Copier la citation' }));
  await waitFor(() => expect(toasts().map(({ message }) => message)).toContain('Citation copiée.'));
  expect(await navigator.clipboard.readText()).toContain('«\u00a0Note\u00a0», https:');
  navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  await user.click(screen.getByRole('button', { name: /^Actions sur/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Copier la référence juridique' }));
  await waitFor(() => expect(toasts().some(({ message }) => message.includes('2019-341'))).toBe(true));
});

test('[E15] a piece without fingerprints cannot be exported, and says why', async () => {
  const { user } = show(`/dossiers/${here}/piece/${pieceAt(1)}`);
  await user.click(await screen.findByRole('button', { name: /^Actions sur/ }));
  const item = await screen.findByRole('menuitem', { name: 'Exporter (zip)' });
  expect(item.getAttribute('aria-disabled')).toBe('true');
  expect(item.textContent).toContain('Sans empreintes');
});

test('[E21] the bordereau to print has every piece under its number and version', async () => {
  const { replica, platform } = show(`/dossiers/${here}/bordereau`);
  const table = await screen.findByRole('table');
  const shown = () =>
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.replaceAll('\u00a0', ' ')));
  const rows = shown();
  expect(rows.map(([number]) => number)).toEqual(['1version 1', '1version 2', '2']);
  expect(rows[2]?.[1]).toBe('Note2019-341https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038388445');
  expect(rows[2]?.slice(2)).toEqual(['14 novembre 2023', 'Amira Benali', '']);
  expect(screen.getByText('3 pièces')).toBeTruthy();
  act(() => platform.run(dossierRoom(TEST_TEAM, here), trashPiece, { pieceId: pieceAt(0) }));
  expect(shown().map(([number, name]) => [number, name?.slice(0, 7)])).toEqual([
    ['1', 'Note201'],
    ['2', 'Texte 2'],
  ]);
  expect(screen.getByText('2 pièces')).toBeTruthy();
  expect(replica.sync.getSnapshot().unsent).toBe(0);
});

test('[E21] a fingerprint is shown short', async () => {
  const { platform } = show(`/dossiers/${there}/bordereau`);
  platform.run(dossierRoom(TEST_TEAM, there), addPiece, {
    pieceId: pieceAt(9),
    rank: 'a0' as Rank,
    draft: testDraft(),
    parts: { manifest: testBlob(1) },
  });
  expect(await screen.findByText('0000 0000 0000 0000…')).toBeTruthy();
});
