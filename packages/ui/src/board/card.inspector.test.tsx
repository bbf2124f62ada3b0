import {
  assignPerson,
  blockCard,
  type DossierId,
  finishCard,
  registerDossier,
  renameCard,
  STARTING_COLUMNS,
  setCardDue,
  trashCard,
  trashColumn,
} from '@liasse/core';
import { testId } from '@liasse/core/testing';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { paths } from '../app/paths.ts';
import { Room } from '../app/room.tsx';
import type { MemoryPlatform } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { DaySection } from './DaySection.tsx';
import { TrashSection } from './TrashSection.tsx';
import { benoit, cardAt, renderBoard, room, seedBoard } from './testing/board.tsx';

const cardId = cardAt(0);
const dossierId = testId<DossierId>(500);
const opened = (seed: (platform: MemoryPlatform) => void = () => {}) => {
  const app = renderBoard({
    path: paths.card(cardId),
    seed: (platform) => {
      seedBoard(platform);
      platform.run(room, registerDossier, { dossierId, title: 'Subventions 2026' });
      seed(platform);
    },
  });
  return { ...app, card: () => app.board().cards.get(cardId) };
};
const inspector = () => screen.findByRole('complementary', { name: 'Carte' });

describe('a card’s inspector', () => {
  test('each field is saved as it is left', async () => {
    const user = userEvent.setup();
    const { card, drawn } = opened();
    const panel = within(await inspector());
    const title = panel.getByRole('textbox', { name: 'Titre de la carte' });
    await user.clear(title);
    await user.type(title, 'Relire le décret{Enter}');
    await user.type(panel.getByRole('textbox', { name: 'Ce qui bloque' }), 'attend le visa{Enter}');
    fireEvent.change(panel.getByLabelText('Échéance'), { target: { value: '2026-12-01' } });
    await user.click(panel.getByRole('button', { name: /Colonne/ }));
    await user.click(await screen.findByRole('option', { name: 'En cours' }));
    await user.click(panel.getByRole('switch', { name: 'Terminée' }));
    expect(drawn()[1]).toBe('En cours: Carte 2, Relire le décret');
    expect(card()).toMatchObject({
      blocked: { reason: 'attend le visa' },
      due: '2026-12-01',
      done: { by: 'account-amira' },
    });

    await user.clear(panel.getByRole('textbox', { name: 'Ce qui bloque' }));
    await user.keyboard('{Enter}');
    expect(card()?.blocked).toBeNull();
  });

  test('Escape takes back what was typed, then closes; a title is never emptied', async () => {
    const user = userEvent.setup();
    const { card, path } = opened();
    const title = within(await inspector()).getByRole('textbox', { name: 'Titre de la carte' });
    await user.type(title, ' et signer{Escape}');
    expect(card()?.title).toBe('Carte 0');
    await user.clear(title);
    await user.tab();
    expect(card()?.title).toBe('Carte 0');
    await user.type(title, '{Escape}');
    await waitFor(() => expect(path()).toBe('/planning'));
  });

  test('a colleague’s change shows at once, and does not touch the field being written', async () => {
    const user = userEvent.setup();
    const { platform } = opened();
    const panel = within(await inspector());
    const reason = panel.getByRole('textbox', { name: 'Ce qui bloque' });
    await user.type(reason, 'attend');
    act(() => {
      platform.run(room, renameCard, { cardId, title: 'Renommée par Benoît' });
      platform.run(room, blockCard, { cardId, reason: 'autre raison' });
    });
    expect(panel.getByRole<HTMLTextAreaElement>('textbox', { name: 'Titre de la carte' }).value).toBe(
      'Renommée par Benoît',
    );
    expect((reason as HTMLTextAreaElement).value).toBe('attend');
  });

  test('people are added from those who are known, named, and removed', async () => {
    const user = userEvent.setup();
    const { platform, card } = opened((seeded) => {
      const { scope } = seeded.session.getSnapshot().current;
      seeded
        .replica(scope)
        .others.set([{ clientId: 9, account: benoit, name: 'Benoît Lefèvre', colour: 3, place: cardId, self: false }]);
    });
    const panel = within(await inspector());
    panel.getByText('Benoît Lefèvre regarde cette carte');
    await user.click(panel.getByRole('combobox', { name: 'Ajouter une personne' }));
    await user.click(await screen.findByRole('option', { name: 'Benoît Lefèvre' }));
    expect(card()?.people).toEqual([benoit]);
    await user.click(panel.getByRole('button', { name: 'Retirer Benoît Lefèvre' }));
    expect(card()?.people).toEqual([]);
    act(() => platform.run(room, assignPerson, { cardId, account: 'account-inconnu' as typeof benoit }));
    panel.getByText('Quelqu’un de l’équipe');
  });

  test('it links to a dossier of the register and leads there', async () => {
    const user = userEvent.setup();
    const { card } = opened();
    const panel = within(await inspector());
    await user.click(panel.getByRole('combobox', { name: 'Dossier' }));
    await user.click(await screen.findByRole('option', { name: 'Subventions 2026' }));
    expect(card()?.dossierId).toBe(dossierId);
    const link = await panel.findByRole('link', { name: /Ouvrir le dossier/ });
    expect(link.getAttribute('href')).toContain(paths.dossier(dossierId));
  });

  test('a card deleted from its inspector closes it; its address then offers to restore it', async () => {
    const user = userEvent.setup();
    const { path, navigate, card } = opened();
    await user.click(within(await inspector()).getByRole('button', { name: 'Placer dans la corbeille' }));
    expect([path(), card()]).toEqual(['/planning', undefined]);
    act(() => navigate(paths.card(cardId)));
    await user.click(within(await inspector()).getByRole('button', { name: 'Restaurer' }));
    expect(card()?.title).toBe('Carte 0');
  });

  test('an address that names no card of this board says so', async () => {
    renderBoard({ path: paths.card(cardAt(99)) });
    within(await inspector()).getByText(/n’est pas sur ce tableau/);
  });
});

describe('elsewhere', () => {
  const inBoard = (section: typeof DaySection, seed: (platform: MemoryPlatform) => void) => {
    const Section = section;
    return renderApp(
      <Room name={room}>
        <Section />
      </Room>,
      { seed },
    );
  };

  test('Ma journée lists what is late, blocked or due today, the latest first; not what is done or another’s', async () => {
    inBoard(DaySection, (platform) => {
      seedBoard(platform, { todo: 6, doing: 0 });
      platform.run(room, setCardDue, { cardId: cardAt(0), due: '2026-11-23' });
      platform.run(room, blockCard, { cardId: cardAt(1), reason: 'attend' });
      platform.run(room, setCardDue, { cardId: cardAt(2), due: '2026-11-02' });
      platform.run(room, setCardDue, { cardId: cardAt(3), due: '2026-11-02' });
      platform.run(room, finishCard, { cardId: cardAt(3) });
      platform.run(room, setCardDue, { cardId: cardAt(4), due: '2026-11-02' });
      platform.run(room, assignPerson, { cardId: cardAt(4), account: benoit });
      platform.run(room, setCardDue, { cardId: cardAt(5), due: '2026-11-24' });
    });
    await screen.findByRole('heading', { name: 'À traiter aujourd’hui' });
    expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Carte 2', 'Carte 1', 'Carte 0']);
    screen.getByText('En retard de 21 jours');
  });

  test('the trash lists cards and columns and puts them back', async () => {
    const user = userEvent.setup();
    inBoard(TrashSection, (platform) => {
      seedBoard(platform);
      platform.run(room, trashCard, { cardId });
      platform.run(room, trashColumn, { columnId: STARTING_COLUMNS.doing });
    });
    await user.click(await screen.findByRole('button', { name: /Restaurer «.En cours.»/ }));
    await user.click(screen.getByRole('button', { name: /Restaurer «.Carte 0.»/ }));
    expect(screen.queryByRole('heading', { name: 'Planning' })).toBeNull();
  });
});
