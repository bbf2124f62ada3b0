import {
  type AccountId,
  addPiece,
  createDossier,
  type DossierId,
  dossierRegisterView,
  dossierView,
  historyView,
  type PieceId,
  piecesView,
  type Rank,
  registerDossier,
  renameDossier,
  trashedPiecesView,
} from '@liasse/core';
import { boardRoom, dossierRoom, type Role, type RoomVersions } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { Route, Switch } from 'wouter';
import * as Y from 'yjs';
import { versionPaths } from '../app/paths.ts';
import { setLanguage } from '../kit/index.ts';
import { makeMemoryPlatform, TEST_NOW, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { versionsFeature } from './versionsFeature.ts';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);
const DAY_MS = 24 * 60 * 60_000;
const people = [{ accountId: 'account-paul' as AccountId, name: 'Paul Girard' }];
const VERSIONS: RoomVersions = [
  { seq: 3, at: TEST_NOW - 2 * DAY_MS, people },
  {
    seq: 9,
    at: TEST_NOW - DAY_MS,
    people: [{ accountId: 'account-nora' as AccountId, name: 'Nora Petit' }, ...people],
  },
];

const Slice = () => (
  <Suspense>
    <Switch>
      {versionsFeature.routes.map(({ path, screen: Screen }) => (
        <Route key={path} path={path}>
          <Screen />
        </Route>
      ))}
    </Switch>
  </Suspense>
);

beforeEach(() => setLanguage('fr'));

function show({ search = '', role, local = false }: { search?: string; role?: Role; local?: boolean } = {}) {
  const workspace = testWorkspace({ local, ...(role && { team: { role } }) });
  const platform = makeMemoryPlatform({ workspaces: [workspace] });
  const add = (n: number) =>
    platform.run(room, addPiece, {
      pieceId: testId<PieceId>(n),
      rank: `a${n}` as Rank,
      draft: testDraft({ title: `Texte ${n}` }),
    });
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions' });
  platform.run(boardRoom(TEST_TEAM), registerDossier, { dossierId: id, title: 'Subventions' });
  add(1);
  const { doc: docOf } = platform.replica(workspace.scope);
  const earlier = Y.encodeStateAsUpdateV2(docOf(room));
  platform.run(room, renameDossier, { title: 'Subventions 2026' });
  add(2);
  platform.rooms.versions = async () => ({ ok: true, value: VERSIONS });
  platform.rooms.version = async (_room, seq) =>
    seq === 3 ? { ok: true, value: earlier } : { ok: true, value: new Uint8Array([1, 2, 3]) };
  renderApp(<Slice />, { path: `${versionPaths.dossier(id)}${search}`, platform });
  return { platform, user: userEvent.setup(), dossier: docOf(room), board: docOf(boardRoom(TEST_TEAM)) };
}

test('[P65] versions are listed by day, the newest first, with who wrote in each', async () => {
  show();
  const list = await screen.findByRole('navigation', { name: 'Versions gardées' });
  expect(
    within(list)
      .getAllByRole('heading')
      .map(({ textContent }) => textContent),
  ).toEqual(['dimanche 22 novembre 2026', 'samedi 21 novembre 2026']);
  expect(
    within(list)
      .getAllByRole('link')
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringContaining('par Nora Petit, Paul Girard'), expect.stringContaining('par Paul Girard')]);
});

test('[P65] a version is compared with the document as it is, and restored as new edits that can be taken back', async () => {
  const { user, dossier, board } = show({ search: '?version=3' });
  const restore = await screen.findByRole('button', { name: 'Restaurer cette version' });
  await user.click(restore);
  expect(dossierView(dossier).getSnapshot()).toMatchObject({ dossier: { title: 'Subventions' } });
  expect(
    piecesView(dossier)
      .getSnapshot()
      .items.map(({ title }) => title),
  ).toEqual(['Texte 1']);
  expect(
    trashedPiecesView(dossier)
      .getSnapshot()
      .items.map(({ title }) => title),
  ).toEqual(['Texte 2']);
  expect(historyView(dossier).getSnapshot().at(-1)?.code).toBe('document.restoreVersion');
  await waitFor(() => expect(dossierRegisterView(board).getSnapshot().items[0]?.title).toBe('Subventions'));
  await screen.findByText('Le document est aujourd’hui comme dans cette version.');
  expect(document.activeElement?.textContent).toMatch(/^Version du/);
  await user.click(screen.getByRole('button', { name: 'Annuler' }));
  expect(dossierView(dossier).getSnapshot()).toMatchObject({ dossier: { title: 'Subventions 2026' } });
  expect(piecesView(dossier).getSnapshot().items).toHaveLength(2);
  await waitFor(() => expect(dossierRegisterView(board).getSnapshot().items[0]?.title).toBe('Subventions 2026'));
});

test('[P65] a version is read as it was, from top to bottom', async () => {
  const { user } = show({ search: '?version=3' });
  await user.click(await screen.findByRole('radio', { name: 'Contenu' }));
  expect(screen.getByRole('heading', { name: 'Pièces' })).toBeTruthy();
  expect(screen.getByText('Texte 1')).toBeTruthy();
  expect(screen.queryByText('Texte 2')).toBeNull();
  expect(screen.getByText('Rien dans cette version.')).toBeTruthy();
});

test('[P65] who may only read sees what differs, and no button; a version that cannot be read says so', async () => {
  show({ search: '?version=3', role: 'reader' });
  await screen.findByText('Ce que la restaurer changerait dans le document tel qu’il est.');
  expect(screen.queryByRole('button', { name: 'Restaurer cette version' })).toBeNull();
});

test('[P65] a version whose bytes cannot be read says so, and that the document is intact', async () => {
  show({ search: '?version=9' });
  await screen.findByText('Cette version n’a pas pu être lue.');
  await screen.findByText('Le document lui-même est intact.');
});

test('[P65] in a team without a server, it says where versions are kept', async () => {
  show({ local: true });
  await screen.findByText(/n’est que sur cet appareil/);
});
