import {
  addNote,
  addPiece,
  cardsView,
  createDossier,
  type DossierId,
  dossierRegisterView,
  dossierView,
  type NoteId,
  notesView,
  type PieceId,
  piecesView,
  type Rank,
  registerDossier,
} from '@liasse/core';
import type { Role } from '@liasse/core/protocol';
import { boardRoom, dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { beforeAll, describe, expect, test } from 'vitest';
import { Route, Switch } from 'wouter';
import { type MemoryPlatform, makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import '../text/testing/layout.ts';
import { dossierFeature } from './dossierFeature.ts';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);
const board = boardRoom(TEST_TEAM);
const pieceAt = (n: number) => testId<PieceId>(100 + n);

/** A dossier with `pieces` of them, in the order of their numbers, listed in the register. */
function seed(platform: MemoryPlatform, pieces = 3): void {
  platform.run(board, registerDossier, { dossierId: id, title: 'Subventions 2026' });
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  for (let n = 0; n < pieces; n++) {
    platform.run(room, addPiece, {
      pieceId: pieceAt(n),
      rank: `a${n}` as Rank,
      draft: testDraft({ title: `Texte ${n}` }),
    });
  }
}

/** The slice's own routes, as the shell lays them. */
const Slice = () => (
  <Suspense>
    <Switch>
      {dossierFeature.routes.map(({ path, screen: Screen }) => (
        <Route key={path} path={path}>
          <Screen />
        </Route>
      ))}
    </Switch>
  </Suspense>
);

function show(path: string, options: { pieces?: number; role?: Role; empty?: boolean } = {}) {
  const { role } = options;
  const platform = makeMemoryPlatform({ workspaces: [testWorkspace(role ? { team: { role } } : {})] });
  if (!options.empty) seed(platform, options.pieces);
  const app = renderApp(<Slice />, { path, platform });
  const { doc } = platform.replica(testWorkspace().scope);
  return { ...app, user: userEvent.setup(), dossier: doc(room), board: doc(board) };
}

const listed = (app: { board: Parameters<typeof dossierRegisterView>[0] }) =>
  dossierRegisterView(app.board)
    .getSnapshot()
    .items.map(({ title }) => title);
const slip = (app: { dossier: Parameters<typeof piecesView>[0] }) =>
  piecesView(app.dossier)
    .getSnapshot()
    .items.map(({ title }) => title);

// The chunks, so that no test waits for one to be compiled.
beforeAll(() =>
  Promise.all([import('./list/DossiersScreen.tsx'), import('./DossierScreen.tsx'), import('./piece/PieceScreen.tsx')]),
);

describe('the list', () => {
  test('a dossier is created in place, document and register, and the field stays for the next', async () => {
    const app = show('/dossiers', { empty: true });
    await app.user.click(await screen.findByRole('button', { name: 'Nouveau dossier' }));
    await app.user.keyboard('Conventions{Enter}');
    await screen.findByRole('link', { name: 'Conventions' });
    expect(listed(app)).toEqual(['Conventions']);
    await app.user.keyboard('Marchés{Enter}');
    await screen.findByRole('link', { name: 'Marchés' });
    await app.user.keyboard('{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Titre du nouveau dossier' })).toBeNull();
    expect(app.platform.asked).toContain('rememberDossiers 2');
  });

  test('the command opens the list ready for a title', async () => {
    show('/dossiers?nouveau');
    expect(await screen.findByRole('textbox', { name: 'Titre du nouveau dossier' })).toBe(document.activeElement);
  });

  test('it is filtered without accents or case, and says so when nothing is left', async () => {
    const app = show('/dossiers');
    await app.user.type(await screen.findByRole('searchbox'), 'SUBV');
    expect(screen.getByRole('link', { name: 'Subventions 2026' })).toBeTruthy();
    await app.user.type(screen.getByRole('searchbox'), 'zzz');
    await app.user.click(await screen.findByRole('button', { name: 'Effacer le filtre' }));
    expect(screen.getByRole('link', { name: 'Subventions 2026' })).toBeTruthy();
  });

  test('a dossier is renamed where it stands, everywhere at once', async () => {
    const app = show('/dossiers');
    await app.user.click(await screen.findByRole('button', { name: /Actions sur/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'Renommer' }));
    const field = await screen.findByRole('textbox', { name: 'Titre du dossier' });
    await app.user.clear(field);
    await app.user.type(field, 'Subventions 2027{Enter}');
    expect(document.activeElement).toBe(await screen.findByRole('link', { name: 'Subventions 2027' }));
    expect(dossierView(app.dossier).getSnapshot()).toMatchObject({ dossier: { title: 'Subventions 2027' } });
  });

  test('a dossier goes to the trash, and comes back by Annuler', async () => {
    const app = show('/dossiers');
    await app.user.click(await screen.findByRole('button', { name: /Actions sur/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'Placer dans la corbeille' }));
    await screen.findByText(/placé dans la corbeille/);
    expect(listed(app)).toEqual([]);
    await app.user.click(screen.getByRole('button', { name: 'Annuler' }));
    await waitFor(() => expect(listed(app)).toEqual(['Subventions 2026']));
  });

  test('a reader is offered nothing to change', async () => {
    show('/dossiers', { role: 'reader' });
    await screen.findByRole('link', { name: 'Subventions 2026' });
    expect(screen.queryByRole('button', { name: /Nouveau|Actions/ })).toBeNull();
  });
});

describe('a dossier', () => {
  test('its pieces are numbered, and a menu moves one and says its new number', async () => {
    const app = show(`/dossiers/${id}`);
    const rows = await screen.findAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining('1Texte 0'),
      expect.stringContaining('2Texte 1'),
      expect.stringContaining('3Texte 2'),
    ]);
    await app.user.click(screen.getByRole('button', { name: /Actions sur.*Texte 2/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'En tête du bordereau' }));
    expect(slip(app)).toEqual(['Texte 2', 'Texte 0', 'Texte 1']);
    await app.user.click(screen.getByRole('button', { name: /Actions sur.*Texte 2/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'Descendre' }));
    expect(slip(app)).toEqual(['Texte 0', 'Texte 2', 'Texte 1']);
  });

  test('a piece is trashed with undo, and restored from below the bordereau', async () => {
    const app = show(`/dossiers/${id}`);
    await app.user.click(await screen.findByRole('button', { name: /Actions sur.*Texte 1/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'Placer dans la corbeille' }));
    expect(slip(app)).toEqual(['Texte 0', 'Texte 2']);
    await app.user.click(screen.getByText('1 pièce dans la corbeille'));
    await app.user.click(screen.getByRole('button', { name: /Restaurer.*Texte 1/ }));
    expect(slip(app)).toEqual(['Texte 0', 'Texte 1', 'Texte 2']);
  });

  test('a piece is renamed where it stands, and the focus stays on its row', async () => {
    const app = show(`/dossiers/${id}`);
    await app.user.click(await screen.findByRole('button', { name: /Actions sur.*Texte 1/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'Renommer' }));
    const field = await screen.findByRole('textbox', { name: 'Titre de la pièce' });
    await app.user.clear(field);
    await app.user.type(field, 'Avis du Conseil d’État{Enter}');
    expect(slip(app)).toEqual(['Texte 0', 'Avis du Conseil d’État', 'Texte 2']);
    expect(document.activeElement).toBe(screen.getByRole('row', { name: /Avis du Conseil/ }));
  });

  test('a piece is opened from the keyboard', async () => {
    const app = show(`/dossiers/${id}`);
    const grid = await screen.findByRole('grid');
    within(grid).getAllByRole('row')[0]?.focus();
    await app.user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(app.path()).toBe(`/dossiers/${id}/piece/${pieceAt(1)}`));
    expect(await screen.findByRole('heading', { level: 1, name: /Texte 1/ })).toBeTruthy();
  });

  test('the whole is put on the board once, and the card is led to', async () => {
    const app = show(`/dossiers/${id}`);
    await app.user.click(await screen.findByRole('button', { name: 'Mettre au planning' }));
    await screen.findByRole('link', { name: 'Voir au planning' });
    const { items } = cardsView(app.board).getSnapshot();
    expect(items.map(({ title, dossierId }) => [title, dossierId])).toEqual([['Subventions 2026', id]]);
    await app.user.click(screen.getByRole('button', { name: 'Annuler' }));
    await screen.findByRole('button', { name: 'Mettre au planning' });
  });

  test('its title is edited where it stands', async () => {
    const app = show(`/dossiers/${id}`);
    await app.user.click(await screen.findByRole('button', { name: /Renommer.*Subventions 2026/ }));
    await app.user.keyboard('Aides 2026{Enter}');
    await waitFor(() => expect(listed(app)).toEqual(['Aides 2026']));
  });

  test('its history says in words who did what', async () => {
    show(`/dossiers/${id}/historique`);
    expect((await screen.findByText(/a créé le dossier/)).textContent).toBe('Amira Benali a créé le dossier');
    expect(screen.getByText(/a ajouté la pièce.*Texte 2/)).toBeTruthy();
  });

  test('a note is made, named and written', async () => {
    const app = show(`/dossiers/${id}/notes`);
    await app.user.click(await screen.findByRole('button', { name: 'Nouvelle note' }));
    await app.user.click(await screen.findByRole('button', { name: /Renommer.*Note sans titre/ }));
    await app.user.keyboard('Questions{Enter}');
    const [note] = notesView(app.dossier).getSnapshot().items;
    expect(note?.title).toBe('Questions');
    expect(app.path()).toBe(`/dossiers/${id}/notes/${note?.id}`);
  });

  test('a note in the trash is said to be so, and can be restored', async () => {
    const noteId = testId<NoteId>(300);
    const app = show(`/dossiers/${id}/notes/${noteId}`);
    expect(await screen.findByText(/Cette note est dans la corbeille, ou n’est pas encore arrivée/)).toBeTruthy();
    app.platform.run(room, addNote, { noteId, rank: 'a0' as Rank, title: 'Arrivée' });
    expect(await screen.findByRole('heading', { level: 2, name: /Arrivée/ })).toBeTruthy();
  });

  test('one that this device does not hold says so, and opens when it arrives', async () => {
    const app = show(`/dossiers/${id}`, { empty: true });
    await screen.findByText(/n’est pas encore arrivé sur cet appareil/);
    seed(app.platform);
    await screen.findByRole('heading', { level: 1, name: /Subventions 2026/ });
  });

  test('an address that names no dossier says so', async () => {
    show('/dossiers/nimporte');
    expect(await screen.findByText('Cette adresse ne mène à aucun dossier.')).toBeTruthy();
  });

  test('a reader reads, and is offered nothing to change', async () => {
    const app = show(`/dossiers/${id}`, { role: 'reader' });
    await app.user.click(await screen.findByRole('button', { name: /Actions sur.*Texte 1/ }));
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual([
      'Ouvrir',
      'Ouvrir la page d’origine',
      'Copier la référence juridique',
      'Copier la citation',
      'Exporter (zip)Sans empreintes\u00a0: il n’y a rien à vérifier.',
    ]);
  });
});
