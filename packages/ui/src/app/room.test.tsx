import { defineOperation, defineView, Refusal, TeamId } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { useView } from '../kit/useView.ts';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { READY } from '../testing/memoryReplica.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { Room, useEditable, useRun, useUndo } from './room.tsx';

const room = boardRoom(TeamId.parse(TEST_TEAM));
const setTitle = defineOperation('test.setTitle', z.strictObject({ title: z.string() }), (doc, { title }) => {
  if (title === '') throw new Refusal('invalid-input');
  doc.getMap('test').set('title', title);
});
const titleView = defineView({
  watch: (doc) => [doc.getMap('test')],
  read: (doc) => String(doc.getMap('test').get('title') ?? 'rien'),
});
const askNewer = defineOperation('test.askNewer', z.strictObject({}), (doc) => doc.getMap('meta').set('reader', 99));

function Screen() {
  const title = useView(titleView);
  const run = useRun();
  const { canUndo, undo } = useUndo();
  return (
    <>
      <h1>{title}</h1>
      <p>{useEditable() ? 'editable' : 'locked'}</p>
      <button type="button" onClick={() => run(setTitle, { title: 'Budget' }, { text: 'Renommé' })}>
        name
      </button>
      <button type="button" onClick={() => run(setTitle, { title: '' })}>
        refused
      </button>
      <button type="button" disabled={!canUndo} onClick={undo}>
        undo
      </button>
    </>
  );
}

const undoable = (doc: Parameters<typeof setTitle>[0]) => [doc.getMap('test')];
const inRoom = (
  <Room name={room} undoable={undoable}>
    <Screen />
  </Room>
);
const title = () => screen.getByRole('heading').textContent;

test('a room loads, runs operations, says what was done, and takes it back', async () => {
  const { toasts } = renderApp(inRoom);
  expect(await screen.findByRole('heading')).toBeTruthy();
  fireEvent.click(screen.getByText('name'));
  expect(title()).toBe('Budget');
  expect(toasts().map(({ message }) => message)).toEqual(['Renommé']);
  fireEvent.click(screen.getByText('undo'));
  expect(title()).toBe('rien');
});

test('a refusal is said in words, and the document stays as it was', async () => {
  const { toasts } = renderApp(inRoom, { seed: (platform) => platform.run(room, setTitle, { title: 'Avant' }) });
  await screen.findByRole('heading');
  fireEvent.click(screen.getByText('refused'));
  expect(title()).toBe('Avant');
  expect(toasts()).toHaveLength(1);
  expect(toasts()[0]?.message).toContain('Rien n’a été changé');
});

test('[K6] a document of a newer version is readable, and says that it cannot be edited', async () => {
  renderApp(inRoom, { seed: (platform) => platform.run(room, askNewer, {}) });
  await screen.findByRole('heading');
  expect(screen.getByText('locked')).toBeTruthy();
  expect(screen.getByText(/version plus récente/)).toBeTruthy();
});

test('a reader sees that the document is not theirs to edit', async () => {
  renderApp(inRoom, { platform: makeMemoryPlatform({ workspaces: [testWorkspace({ team: { role: 'reader' } })] }) });
  await screen.findByRole('heading');
  expect(screen.getByText('locked')).toBeTruthy();
});

test('[P10] while this device cannot store, editing stops with a plain message, and comes back by itself', async () => {
  const platform = makeMemoryPlatform();
  const { sync } = platform.replica(testWorkspace().scope);
  renderApp(inRoom, { platform });
  await screen.findByText('editable');
  act(() => sync.set({ ...READY, saving: true, trouble: { code: 'no-space', room } }));
  expect(screen.getByText('locked')).toBeTruthy();
  expect(screen.getByText(/n’a plus d’espace/)).toBeTruthy();
  act(() => sync.set(READY));
  expect(screen.getByText('editable')).toBeTruthy();
  expect(screen.queryByText(/n’a plus d’espace/)).toBeNull();
});

test('a document whose access was withdrawn cannot be edited, and says what is kept', async () => {
  const platform = makeMemoryPlatform();
  platform.replica(testWorkspace().scope).sync.set({ ...READY, trouble: { code: 'forbidden', room } });
  renderApp(inRoom, { platform });
  await screen.findByText('locked');
  expect(screen.getByText(/Vous n’avez plus accès/)).toBeTruthy();
});

test('a document that cannot be read says so, and opens when it can be again', async () => {
  const platform = makeMemoryPlatform();
  const { broken } = platform.replica(testWorkspace().scope);
  broken.add(room);
  renderApp(inRoom, { platform });
  await screen.findByRole('alert');
  broken.clear();
  await act(async () => fireEvent.click(screen.getByText('Réessayer')));
  expect(title()).toBe('rien');
});

test('a colleague’s document that has not arrived is waited for, not shown as new', async () => {
  const platform = makeMemoryPlatform({ workspaces: [testWorkspace({ local: false })] });
  const replica = platform.replica(testWorkspace().scope);
  replica.sync.set({ ...READY, connection: 'connecting' });
  renderApp(inRoom, { platform });
  await act(async () => {});
  expect(screen.queryByRole('heading')).toBeNull();

  act(() => replica.sync.set({ ...READY, connection: 'offline' }));
  expect(screen.getByText(/pas encore sur cet appareil/)).toBeTruthy();

  // It arrives while the screen waits.
  act(() => void platform.run(room, setTitle, { title: 'Budget' }));
  expect(title()).toBe('Budget');
});

test('a document that the server knows to be empty opens empty', async () => {
  const platform = makeMemoryPlatform({ workspaces: [testWorkspace({ local: false })] });
  platform.replica(testWorkspace().scope).sync.set({ ...READY, connection: 'online', recordedAt: 1 });
  renderApp(inRoom, { platform });
  expect((await screen.findByRole('heading')).textContent).toBe('rien');
});
