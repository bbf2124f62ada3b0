import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { memoryLocation } from 'wouter/memory-location';
import { type MemoryPlatform, makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { App } from './App.tsx';

afterEach(() => {
  cleanup();
  for (const title of document.head.querySelectorAll('title')) title.remove();
});

function open(path: string, platform: MemoryPlatform = makeMemoryPlatform()) {
  const location = memoryLocation({ path, record: true });
  render(<App platform={platform} location={location.hook} />);
  return { platform, location, path: () => location.history.at(-1) };
}
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name }, { timeout: 10_000 });

test('the rail leads to each place, and the focus arrives at its heading', async () => {
  const { path } = open('/');
  await heading('Ma journée');
  fireEvent.click(screen.getByRole('link', { name: 'Corbeille' }));
  const title = await heading('Corbeille');
  expect(path()).toBe(`/equipe/${TEST_TEAM}/corbeille`);
  await waitFor(() => expect(document.activeElement).toBe(title));
  expect(screen.getByRole('link', { name: 'Corbeille' }).getAttribute('aria-current')).toBe('page');
  expect(document.title).toBe('Corbeille · Liasse');
});

test('an address without a team means the team on screen, query included', async () => {
  const { path } = open('/corbeille?tri=date');
  await heading('Corbeille');
  expect(path()).toBe(`/equipe/${TEST_TEAM}/corbeille?tri=date`);
});

test('an address names its team: a link from a colleague opens in the right one', async () => {
  const other = testWorkspace({ team: { id: '2'.repeat(24) as typeof TEST_TEAM, name: 'Cabinet' } });
  const platform = makeMemoryPlatform({ workspaces: [testWorkspace(), other] });
  open(`/equipe/${other.team.id}/corbeille`, platform);
  await heading('Corbeille');
  await waitFor(() => expect(platform.session.getSnapshot().current).toBe(other));
  expect(screen.getByRole('button', { name: /Équipe.*Cabinet/ })).toBeTruthy();
});

test('an unknown team and an unknown address say so', async () => {
  open(`/equipe/${'3'.repeat(24)}/planning`);
  expect(await screen.findByText(/pas sur cet appareil/)).toBeTruthy();
  cleanup();
  open('/nulle-part');
  expect(await screen.findByText(/ne mène à rien/)).toBeTruthy();
});

test('a first run offers the sample team; it fills the day, and goes away in one click', async () => {
  const { platform } = open('/');
  fireEvent.click(await screen.findByRole('button', { name: /équipe d’exemple/ }));
  expect(await screen.findByText('Comité de programmation des subventions', {}, { timeout: 10_000 })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Retirer l’exemple' }));
  await waitFor(() => expect(platform.session.getSnapshot().workspaces).toHaveLength(1));
  expect(await screen.findByRole('button', { name: /équipe d’exemple/ })).toBeTruthy();
});

test('settings hold at once: the language on every screen, the theme on the page', async () => {
  const { platform } = open('/reglages');
  await heading('Réglages');
  await userEvent.click(screen.getByRole('radio', { name: 'Sombre' }));
  expect(document.documentElement.dataset.theme).toBe('dark');
  await userEvent.click(screen.getByRole('radio', { name: 'English' }));
  await heading('Settings');
  expect(screen.getByRole('link', { name: 'My day' })).toBeTruthy();
  expect(document.documentElement.lang).toBe('en');
  await userEvent.click(screen.getByRole('radio', { name: 'Français' }));
  expect(platform.preferences.getSnapshot()).toMatchObject({ language: 'fr', theme: 'dark' });
  await userEvent.click(screen.getByRole('radio', { name: 'Comme l’appareil' }));
});

test('a new version is offered and never loads by itself', async () => {
  const reload = vi.fn();
  const update = { ready: { subscribe: () => () => {}, getSnapshot: () => true }, reload };
  open('/', { ...makeMemoryPlatform(), update });
  await heading('Ma journée');
  expect(reload).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Recharger' }));
  expect(reload).toHaveBeenCalledOnce();
});

test('Ctrl+K finds every place from the keyboard', async () => {
  open('/');
  await heading('Ma journée');
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('corbeille');
  // The first thing found takes the (virtual) focus a moment after it is there.
  await waitFor(() => expect(document.querySelector('[role=option][data-focused]')?.textContent).toMatch(/Corbeille/));
  await userEvent.keyboard('{Enter}');
  await heading('Corbeille');
});
