import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { setWidth } from '../../testing/setWidth.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { MenuItem, MenuTrigger } from '../overlays/Menu.tsx';
import { Inspector } from './Inspector.tsx';

function List() {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <main>
      {['Carte 1', 'Carte 2'].map((title) => (
        <button key={title} type="button" onClick={() => setOpen(title)}>
          {title}
        </button>
      ))}
      {open !== null && (
        <Inspector
          title={open}
          onClose={() => setOpen(null)}
          actions={
            <MenuTrigger trigger={<IconButton icon={Ellipsis} label="Actions" />}>
              <MenuItem>Supprimer</MenuItem>
            </MenuTrigger>
          }
        >
          <p>Le contenu</p>
        </Inspector>
      )}
    </main>
  );
}

describe.each([
  ['wide', 1440],
  ['medium', 900],
  ['narrow', 320],
])('the inspector, %s', (layout, px) => {
  test('takes the focus, Escape closes it, and the focus returns', async () => {
    setWidth(px);
    const user = userEvent.setup();
    render(<List />);
    const opener = screen.getByText('Carte 2');
    await user.click(opener);
    const panel = screen.getByRole(layout === 'narrow' ? 'dialog' : 'complementary', { name: 'Carte 2' });
    await waitFor(() => expect(panel.contains(document.activeElement)).toBe(true));
    await user.keyboard('{Escape}');
    expect(screen.queryByText('Le contenu')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });

  test('a menu inside it answers Escape first', async () => {
    setWidth(px);
    const user = userEvent.setup();
    render(<List />);
    await user.click(screen.getByText('Carte 1'));
    await user.click(screen.getByRole('button', { name: 'Actions' }));
    expect(screen.getByRole('menu')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(screen.getByText('Le contenu')).toBeTruthy();
  });
});

test('the focus returns to the last place outside, not to the first', async () => {
  const user = userEvent.setup();
  render(<List />);
  const second = screen.getByRole('button', { name: 'Carte 2' });
  await user.click(screen.getByRole('button', { name: 'Carte 1' }));
  await user.click(second);
  expect(document.activeElement).toBe(second);
  await user.click(screen.getByRole('button', { name: 'Fermer' }));
  expect(screen.queryByText('Le contenu')).toBeNull();
  expect(document.activeElement).toBe(second);
});
