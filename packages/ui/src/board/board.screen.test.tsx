import { STARTING_COLUMNS, setCardDue, trashColumn } from '@liasse/core';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeMemoryPlatform, testWorkspace } from '../testing/memoryPlatform.ts';
import { cardAt, renderBoard, room, seedBoard } from './testing/board.tsx';

const rowOf = (title: string) => screen.findByRole('row', { name: title });
/** Frames come when the test says so. */
function holdFrames(): { pass(frames: number): void } {
  let waiting: FrameRequestCallback[] = [];
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => waiting.push(callback));
  return {
    pass: (frames) => {
      for (let frame = 0; frame < frames; frame++) {
        const now = waiting;
        waiting = [];
        act(() => {
          for (const callback of now) callback(0);
        });
      }
    },
  };
}

afterEach(() => vi.restoreAllMocks());

/** What the app's own live region said last; react-aria has others. */
const said = () => screen.getAllByRole('log').at(-1)?.textContent?.replace('\u200b', '');

describe('columns', () => {
  test('an empty board says one sentence and starts in one gesture', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard({ seed: () => {} });
    await user.click(await screen.findByRole('button', { name: 'Commencer le tableau' }));
    expect(drawn()).toEqual(['À faire: ', 'En cours: ', 'Fait: ']);
    await screen.findByRole('heading', { name: 'En cours' });
  });

  test('a column is added, renamed where it stands, moved and deleted, and its cards stay in sight', async () => {
    const user = userEvent.setup();
    const { drawn, toasts } = renderBoard();
    await user.click(await screen.findByRole('button', { name: 'Ajouter une colonne' }));
    await user.keyboard('Visa{Enter}');
    expect(drawn()).toEqual(['À faire: Carte 0, Carte 1', 'En cours: Carte 2', 'Fait: ', 'Visa: ']);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Ajouter une colonne' })).toBe(document.activeElement),
    );

    const menuOf = async (title: string, item: string) => {
      await user.click(screen.getByRole('button', { name: `Actions sur la colonne «\u00a0${title}\u00a0»` }));
      await user.click(await screen.findByRole('menuitem', { name: item }));
    };
    await menuOf('Visa', 'Déplacer vers la gauche');
    expect(said()).toBe('Colonne «\u00a0Visa\u00a0» déplacée, 3 sur 4.');
    await menuOf('En cours', 'Renommer la colonne');
    await user.keyboard('En chemin{Enter}');
    const menu = await screen.findByRole('button', { name: 'Actions sur la colonne «\u00a0En chemin\u00a0»' });
    await waitFor(() => expect(menu).toBe(document.activeElement));
    await menuOf('À faire', 'Placer la colonne dans la corbeille');
    expect(drawn()).toEqual(['—: Carte 0, Carte 1', 'En chemin: Carte 2', 'Visa: ', 'Fait: ']);
    await screen.findByRole('heading', { name: 'Sans colonne' });

    toasts().at(-1)?.undo?.();
    expect(drawn()[0]).toBe('À faire: Carte 0, Carte 1');
  });
});

describe('cards', () => {
  test('quick add stays open: Enter adds, Escape closes and gives the focus back', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard();
    const open = { name: 'Ajouter une carte dans «\u00a0À faire\u00a0»' };
    await user.click(await screen.findByRole('button', open));
    await user.keyboard('Relire{Enter}Signer{Enter}  {Enter}{Escape}');
    expect(drawn()[0]).toBe('À faire: Carte 0, Carte 1, Relire, Signer');
    expect(said()).toBe('Carte «\u00a0Signer\u00a0» ajoutée.');
    expect(await screen.findByRole('button', open)).toBe(document.activeElement);
  });

  test('what was typed for a new card becomes one when the field is left', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard();
    await user.click(await screen.findByRole('button', { name: 'Ajouter une carte dans «\u00a0Fait\u00a0»' }));
    await user.keyboard('Classer');
    await user.click(screen.getByRole('heading', { name: 'En cours' }));
    expect(drawn()[2]).toBe('Fait: Classer');
  });

  test('the command opens the field of a new card in the first column', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard({ path: '/planning/nouvelle-carte' });
    await screen.findByRole('textbox', { name: 'Ajouter une carte dans «\u00a0À faire\u00a0»' });
    await user.keyboard('Relire{Enter}');
    expect(drawn()[0]).toBe('À faire: Carte 0, Carte 1, Relire');
  });

  test('*Déplacer vers…* moves to a column and a place, says so, and the focus follows the card', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard();
    const row = await rowOf('Carte 2');
    await user.click(within(row).getByRole('button', { name: /^Actions/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Déplacer vers…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Déplacer la carte' });
    await user.click(within(dialog).getByRole('button', { name: /Colonne/ }));
    await user.click(await screen.findByRole('option', { name: 'À faire' }));
    await user.click(within(dialog).getByRole('button', { name: /Place/ }));
    await user.click(await screen.findByRole('option', { name: /^2/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Déplacer la carte' }));
    expect(drawn()).toEqual(['À faire: Carte 0, Carte 2, Carte 1', 'En cours: ', 'Fait: ']);
    expect(said()).toBe('Carte «\u00a0Carte 2\u00a0» déplacée dans «\u00a0À faire\u00a0», 2 sur 3.');
    await waitFor(async () => expect(await rowOf('Carte 2')).toBe(document.activeElement));
  });

  test('a card is dragged to another column with the keyboard alone, each target read out', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard({ seed: (platform) => seedBoard(platform, { todo: 2, doing: 2 }) });
    const row = await rowOf('Carte 0');
    within(row)
      .getByRole('button', { name: /^Déplacer la carte/ })
      .focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toContain('Carte 1'));
    await user.keyboard('{Tab}{Enter}');
    await waitFor(() => expect(drawn()[0]).toBe('À faire: Carte 1'));
    expect(drawn()[1]).toContain('Carte 0');
    await waitFor(() =>
      expect(said()).toMatch(/^Carte «\u00a0Carte 0\u00a0» déplacée dans «\u00a0En cours\u00a0», \d sur 3\.$/),
    );
  });

  test('Delete puts it in the trash, the focus goes to its neighbour, and the message takes it back', async () => {
    const user = userEvent.setup();
    const { drawn, toasts } = renderBoard();
    const row = await rowOf('Carte 0');
    row.focus();
    await user.keyboard('{Delete}');
    expect(drawn()[0]).toBe('À faire: Carte 1');
    await waitFor(async () => expect(await rowOf('Carte 1')).toBe(document.activeElement));
    expect(toasts().at(-1)?.message).toBe('Carte placée dans la corbeille.');
    await user.click(screen.getByRole('button', { name: 'Annuler' }));
    expect(drawn()[0]).toBe('À faire: Carte 0, Carte 1');
  });

  test('F2 renames it where it stands; arrows and letters belong to the text', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard();
    (await rowOf('Carte 0')).focus();
    await user.keyboard('{F2}');
    await user.keyboard('Carte 1{ArrowLeft}{ArrowLeft}bleue{Home}La {Enter}');
    expect(drawn()[0]).toBe('À faire: La Cartebleue 1, Carte 1');
    // Already: given back any later, the focus would be taken from the next card, and its name with it.
    expect(screen.getByRole('row', { name: 'La Cartebleue 1' })).toBe(document.activeElement);
  });

  test('a title left for another place is saved, and the focus stays where it went', async () => {
    const user = userEvent.setup();
    const frames = holdFrames();
    const { drawn } = renderBoard();
    (await rowOf('Carte 0')).focus();
    await user.keyboard('{F2}Renommée');
    await user.click(screen.getByRole('button', { name: 'Ajouter une carte dans «\u00a0À faire\u00a0»' }));
    frames.pass(30);
    await user.keyboard('Nouvelle{Enter}');
    expect(drawn()[0]).toBe('À faire: Renommée, Carte 1, Nouvelle');
  });

  test('on a slow machine the focus comes late, or not at all to who has gone on meanwhile', async () => {
    const user = userEvent.setup();
    const frames = holdFrames();
    const { drawn } = renderBoard({ seed: (platform) => seedBoard(platform, { todo: 3 }) });
    (await rowOf('Carte 0')).focus();
    await user.keyboard('{Delete}');
    frames.pass(30);
    expect(await rowOf('Carte 1')).toBe(document.activeElement);

    await user.keyboard('{Delete}');
    await user.click(screen.getByRole('button', { name: 'Ajouter une carte dans «\u00a0À faire\u00a0»' }));
    frames.pass(30);
    await user.keyboard('Nouvelle{Enter}');
    expect(drawn()[0]).toBe('À faire: Carte 2, Nouvelle');
  });

  test('late, it says so in words', async () => {
    renderBoard({
      seed: (platform) => {
        seedBoard(platform);
        platform.run(room, setCardDue, { cardId: cardAt(0), due: '2026-11-20' });
      },
    });
    within(await rowOf('Carte 0')).getByText('En retard de 3 jours');
  });
});

describe('what one may see and not change', () => {
  test('items that this version cannot read are counted, and the cards beside them are there', async () => {
    renderBoard({
      seed: (platform) => {
        seedBoard(platform);
        const { scope } = platform.session.getSnapshot().current;
        platform.replica(scope).doc(room).getMap('cards').set('garbage', 'garbage');
      },
    });
    await rowOf('Carte 0');
    expect(screen.getByText(/1 élément du tableau vient d’une autre version/)).toBeTruthy();
  });

  test('a reader sees the board without a way to change it', async () => {
    const reader = makeMemoryPlatform({ workspaces: [testWorkspace({ team: { role: 'reader' } })] });
    renderBoard({ platform: reader });
    const row = await rowOf('Carte 0');
    expect(within(row).queryAllByRole('button')).toEqual([]);
    expect(screen.queryByRole('button', { name: /Ajouter|Actions/ })).toBeNull();
  });

  test('cards whose column a colleague has trashed can still be moved', async () => {
    const user = userEvent.setup();
    const { drawn } = renderBoard({
      seed: (platform) => {
        seedBoard(platform);
        platform.run(room, trashColumn, { columnId: STARTING_COLUMNS.doing });
      },
    });
    await user.click(within(await rowOf('Carte 2')).getByRole('button', { name: /^Actions/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Déplacer vers…' }));
    await user.click(await screen.findByRole('button', { name: 'Déplacer la carte' }));
    expect(drawn()).toEqual(['À faire: Carte 0, Carte 1, Carte 2', 'Fait: ']);
  });
});
