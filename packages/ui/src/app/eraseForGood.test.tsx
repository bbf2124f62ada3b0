import type { RoomName } from '@liasse/core/protocol';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { makeMemoryPlatform, TEST_NOW, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { EraseForGood } from './EraseForGood.tsx';

const room = `${TEST_TEAM}/dossier/${TEST_TEAM}` as RoomName;
const DAY_MS = 24 * 60 * 60_000;

function show(options: { role?: 'owner' | 'editor'; local?: boolean; daysAgo?: number; away?: boolean } = {}) {
  const { role = 'owner', local = false, daysAgo = 1, away = false } = options;
  const platform = makeMemoryPlatform({ workspaces: [testWorkspace({ local, team: { role } })] });
  const erased: RoomName[] = [];
  if (!away) {
    platform.rooms.erase = async (asked) => {
      erased.push(asked);
      return { ok: true, value: null };
    };
  }
  const onErased = vi.fn();
  const trashedAt = TEST_NOW - daysAgo * DAY_MS;
  renderApp(<EraseForGood room={room} title="Marché de fournitures" trashedAt={trashedAt} onErased={onErased} />, {
    platform,
  });
  return { user: userEvent.setup(), erased, onErased };
}

const open = () => screen.findByRole('button', { name: 'Effacer définitivement « Marché de fournitures »' });
const confirm = () => screen.getByRole('button', { name: 'Effacer définitivement' });

test('[P66] an owner erases what is in the trash, once its title is written out', async () => {
  const { user, erased, onErased } = show();
  await user.click(await open());
  expect(confirm().hasAttribute('disabled')).toBe(true);
  await user.type(screen.getByRole('textbox'), 'Marché');
  expect(confirm().hasAttribute('disabled')).toBe(true);
  await user.type(screen.getByRole('textbox'), ' de fournitures');
  expect(erased).toEqual([]);
  await user.click(confirm());
  expect(erased).toEqual([room]);
  expect(onErased).toHaveBeenCalledOnce();
});

test('[P66] after thirty days in the trash the title need not be written', async () => {
  const { user, erased } = show({ daysAgo: 31 });
  await user.click(await open());
  expect(screen.queryByRole('textbox')).toBeNull();
  await user.click(confirm());
  expect(erased).toEqual([room]);
});

test('[P66] a server that is away erases nothing, and that is said', async () => {
  const { user, onErased } = show({ daysAgo: 31, away: true });
  await user.click(await open());
  await user.click(confirm());
  await screen.findByText(/Le serveur ne répond pas/);
  expect(onErased).not.toHaveBeenCalled();
});

test.each([{ role: 'editor' as const }, { local: true }])('[P66] nobody else is offered it: %o', async (options) => {
  show(options);
  await vi.waitFor(() => expect(document.body.textContent).toBe(''));
  expect(screen.queryByRole('button')).toBeNull();
});
