import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { KitProvider } from '../KitProvider.tsx';
import { rank } from './CommandPalette.tsx';
import type { Command } from './registry.ts';
import { useCommands } from './useCommand.tsx';

const command = (id: string, label: string, more: Partial<Command> = {}): Command => ({
  id,
  label,
  run: () => {},
  ...more,
});

describe('rank', () => {
  const commands = [
    command('a', 'Créer un dossier', { section: 'Dossiers' }),
    command('b', 'Ouvrir la corbeille'),
    command('c', 'Créer une réunion', { section: 'Réunions' }),
    command('d', 'Déplacer la carte vers…', { section: 'Planning' }),
  ];
  const ids = (query: string) => rank(commands, query).map(({ id }) => id);

  test('accents, case and the order of words do not count', () => {
    expect(ids('REUNION creer')).toEqual(['c']);
    expect(ids('creer')).toEqual(['a', 'c']);
  });
  test('words that begin a word come first', () => {
    expect(ids('o').at(0)).toBe('b');
  });
  test('the section finds its commands', () => {
    expect(ids('planning')).toEqual(['d']);
  });
  test('initials find a command', () => {
    expect(ids('cur')).toEqual(['c']);
  });
  test('what no command has finds none', () => {
    expect(ids('budget')).toEqual([]);
  });
});

function Screen({ commands }: { commands: readonly Command[] }) {
  useCommands(commands);
  const [text, setText] = useState('');
  return <input aria-label="Texte" value={text} onChange={(event) => setText(event.target.value)} />;
}

function setup(commands: readonly Command[], options: { singleKeys: boolean } = { singleKeys: true }) {
  const view = render(
    <KitProvider {...options}>
      <Screen commands={commands} />
    </KitProvider>,
  );
  return { ...view, user: userEvent.setup() };
}

describe('Ctrl+K', () => {
  test('lists every command with its shortcut, finds one, runs it, and closes', async () => {
    const run = vi.fn();
    const { user } = setup([
      command('a', 'Créer un dossier', { shortcut: 'n', run }),
      command('b', 'Ouvrir la corbeille'),
      command('c', 'Exporter', { enabled: false }),
    ]);
    await user.keyboard('{Control>}k{/Control}');
    const items = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(items.map((item) => item.textContent)).toEqual([
      'Créer un dossierN',
      'Ouvrir la corbeille',
      'Raccourcis clavier?',
    ]);
    await user.keyboard('creer');
    await user.keyboard('{Enter}');
    expect(run).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  test('opens from inside a text too, and the focus returns to it', async () => {
    const { user } = setup([]);
    const field = screen.getByLabelText('Texte');
    await user.click(field);
    await user.keyboard('{Control>}k{/Control}');
    expect(screen.getByRole('listbox')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(field));
  });
});

describe('single keys', () => {
  test('run their command, but never while one types', async () => {
    const run = vi.fn();
    const { user } = setup([command('a', 'Créer', { shortcut: 'n', run })]);
    await user.keyboard('n');
    expect(run).toHaveBeenCalledTimes(1);
    await user.type(screen.getByLabelText('Texte'), 'nn');
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('can be turned off, and others stay', async () => {
    const run = vi.fn();
    const kept = vi.fn();
    const { user } = setup(
      [command('a', 'Créer', { shortcut: 'n', run }), command('b', 'Garder', { shortcut: '$mod+Shift+d', run: kept })],
      { singleKeys: false },
    );
    await user.keyboard('n');
    await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}');
    expect(run).not.toHaveBeenCalled();
    expect(kept).toHaveBeenCalledTimes(1);
  });

  test('Ctrl+Z in a text is the text’s own', async () => {
    const run = vi.fn();
    const { user } = setup([command('a', 'Annuler', { shortcut: '$mod+z', run })]);
    await user.click(screen.getByLabelText('Texte'));
    await user.keyboard('{Control>}z{/Control}');
    expect(run).not.toHaveBeenCalled();
    act(() => screen.getByLabelText('Texte').blur());
    await user.keyboard('{Control>}z{/Control}');
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('a command gone from the screen is gone from the keys', async () => {
    const run = vi.fn();
    const { user, rerender } = setup([command('a', 'Créer', { shortcut: 'n', run })]);
    rerender(
      <KitProvider>
        <Screen commands={[]} />
      </KitProvider>,
    );
    await user.keyboard('n');
    expect(run).not.toHaveBeenCalled();
  });
});

test('? lists the shortcuts', async () => {
  const { user } = setup([command('a', 'Créer un dossier', { shortcut: 'n', section: 'Dossiers' })]);
  await user.keyboard('{Shift>}?{/Shift}');
  const help = within(screen.getByRole('dialog', { name: 'Raccourcis clavier' }));
  expect(help.getByText('Créer un dossier')).toBeTruthy();
  expect(help.getByText('Toutes les commandes')).toBeTruthy();
});
