import type { SyncState } from '@liasse/core/replica';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Announcer } from '../feedback/announce.tsx';
import { SyncChip } from './SyncChip.tsx';

const at = Date.UTC(2026, 10, 23, 13, 2);
const clock = { now: () => at };
const state = (change: Partial<SyncState> = {}): SyncState => ({
  phase: 'ready',
  saving: false,
  unsent: 0,
  recordedAt: at,
  connection: 'online',
  trouble: null,
  ...change,
});

test('a click explains and lists what is unsent; Escape closes and the focus returns', async () => {
  const user = userEvent.setup();
  render(
    <SyncChip
      clock={clock}
      sync={state({ unsent: 3, connection: 'offline' })}
      blobsWaiting={2}
      unsent={[
        { key: 'a', label: 'Planning', edits: 2 },
        { key: 'b', label: 'Subventions 2026', edits: 1 },
      ]}
    />,
  );
  const chip = screen.getByRole('button', { name: 'Hors ligne · 3 modifications et 2 fichiers à envoyer' });
  await user.click(chip);
  const panel = within(screen.getByRole('dialog', { name: 'État de l’enregistrement' }));
  expect(panel.getByText(/tout est gardé sur cet appareil/)).toBeTruthy();
  expect(panel.getAllByRole('listitem').map((line) => line.textContent)).toEqual([
    'Planning2 modifications',
    'Subventions 20261 modification',
    'Fichiers2 fichiers',
  ]);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(chip));
});

test('what was recorded on another day says which', () => {
  render(<SyncChip clock={{ now: () => at + 86_400_000 }} sync={state()} blobsWaiting={0} />);
  expect(
    screen.getByRole('button', { name: 'Enregistré sur le serveur · lun. 23 nov., 14\u00a0h\u00a002' }),
  ).toBeTruthy();
});

test('going offline and coming back are said aloud, saving is not', () => {
  const view = (sync: SyncState) => (
    <>
      <SyncChip clock={clock} sync={sync} blobsWaiting={0} />
      <Announcer />
    </>
  );
  const { container, rerender } = render(view(state()));
  const spoken = () => within(container).getByRole('log').textContent?.replace('\u200b', '');
  const before = spoken();
  rerender(view(state({ saving: true })));
  rerender(view(state({ unsent: 1 })));
  rerender(view(state()));
  expect(spoken()).toBe(before);
  rerender(view(state({ connection: 'offline' })));
  expect(spoken()).toMatch(/^Hors ligne\. Vous pouvez continuer/);
  rerender(view(state({ saving: true, connection: 'offline' })));
  rerender(view(state()));
  expect(spoken()).toBe('Enregistré sur le serveur · 14\u00a0h\u00a002');
});
