import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { Button } from '../controls/Button.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { MenuItem, MenuTrigger, Submenu } from './Menu.tsx';

test('a card is moved by the menu and the keyboard alone, and the focus returns', async () => {
  const user = userEvent.setup();
  const move = vi.fn();
  render(
    <MenuTrigger trigger={<IconButton icon={Ellipsis} label="Actions" />}>
      <MenuItem shortcut="F2">Renommer</MenuItem>
      <Submenu label="Déplacer vers…">
        <MenuItem>À faire</MenuItem>
        <MenuItem onAction={() => move('doing')}>En cours</MenuItem>
      </Submenu>
    </MenuTrigger>,
  );
  await user.tab();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('menuitem', { name: 'Renommer' })).toBeTruthy();
  await user.keyboard('{ArrowDown}{ArrowRight}');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('À faire'));
  await user.keyboard('{ArrowDown}{Enter}');
  expect(move).toHaveBeenCalledExactlyOnceWith('doing');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions' })));
});

test('a confirmation starts on what changes nothing', async () => {
  const user = userEvent.setup();
  const erase = vi.fn();
  function Page() {
    const [open, setOpen] = useState(false);
    return (
      <>
        <Button onPress={() => setOpen(true)}>Effacer…</Button>
        <ConfirmDialog
          title="Effacer cet appareil"
          confirmLabel="Effacer"
          danger
          isOpen={open}
          onConfirm={erase}
          onCancel={() => setOpen(false)}
        >
          Ce qui n’a pas été envoyé sera perdu.
        </ConfirmDialog>
      </>
    );
  }
  render(<Page />);
  await user.click(screen.getByText('Effacer…'));
  expect(screen.getByRole('alertdialog', { name: 'Effacer cet appareil' })).toBeTruthy();
  expect(document.activeElement?.textContent).toBe('Annuler');
  await user.keyboard('{Enter}');
  expect(erase).not.toHaveBeenCalled();
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('a button that cannot be used stays reachable, says why, and does nothing', async () => {
  const user = userEvent.setup();
  const press = vi.fn();
  render(
    <form onSubmit={press}>
      <Button type="submit" onPress={press} disabledReason="Vous pouvez lire, mais pas modifier.">
        Créer
      </Button>
    </form>,
  );
  const button = screen.getByRole('button', { name: 'Créer' });
  await user.tab();
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByRole('tooltip').textContent).toBe('Vous pouvez lire, mais pas modifier.');
  await user.keyboard('{Enter}');
  await user.click(button);
  expect(press).not.toHaveBeenCalled();
});
