import { createDossier, type DossierId, dossierView, piecesView } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testId } from '@liasse/core/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Room } from '../../app/room.tsx';
import { useView } from '../../kit/index.ts';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import { DropFiles } from './DropFiles.tsx';
import { readFile } from './read/readFile.ts';
import type { ToReader } from './readInWorker.ts';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);

/** jsdom has no workers: these read when they are told to. */
class TestWorker extends EventTarget {
  static readonly alive = new Set<TestWorker>();
  #bytes: ArrayBuffer | null = null;
  postMessage({ bytes }: ToReader): void {
    this.#bytes = bytes;
    TestWorker.alive.add(this);
  }
  terminate(): void {
    TestWorker.alive.delete(this);
  }
  async answer(): Promise<void> {
    const read = await readFile(new Uint8Array(this.#bytes ?? new ArrayBuffer(0)));
    this.dispatchEvent(new MessageEvent('message', { data: { read } }));
  }
}

beforeEach(() => void vi.stubGlobal('Worker', TestWorker));
afterEach(() => {
  vi.unstubAllGlobals();
  TestWorker.alive.clear();
});

function Zone() {
  const state = useView(dossierView);
  return state.kind === 'readable' ? <DropFiles dossier={state.dossier}>Bordereau</DropFiles> : null;
}

async function show() {
  const platform = makeMemoryPlatform();
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  const app = renderApp(
    <Room name={room}>
      <Zone />
    </Room>,
    { platform },
  );
  await screen.findByText('Bordereau');
  const { doc } = platform.replica(testWorkspace().scope).open(room);
  const names = () =>
    piecesView(doc)
      .getSnapshot()
      .items.map(({ original }) => original?.name);
  const give = (...files: readonly string[]) =>
    userEvent.upload(
      screen.getByTestId('files'),
      files.map((name) => new File([`Texte de ${name}`], name)),
    );
  return { ...app, names, give };
}

test('[P38] files dropped together come in their order, whichever is read first', async () => {
  const { names, give, toasts } = await show();
  await give('a.txt', 'b.txt', 'c.txt');
  for (let come = 1; come <= 3; come += 1) {
    await waitFor(() => expect(TestWorker.alive.size).toBeGreaterThan(0));
    await [...TestWorker.alive].at(-1)?.answer();
    await waitFor(() => expect(names()).toHaveLength(come));
  }
  expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  await waitFor(() => expect(toasts().map(({ message }) => message)).toEqual(['3 fichiers ajoutés au dossier.']));
});

test('[P38] stopped, what was not added yet is not, and what was stays', async () => {
  const { names, give } = await show();
  await give('a.txt', 'b.txt', 'c.txt');
  await waitFor(() => expect(TestWorker.alive.size).toBe(1));
  for (const worker of TestWorker.alive) await worker.answer();
  await waitFor(() => expect(names()).toEqual(['a.txt']));
  await waitFor(() => expect(TestWorker.alive.size).toBe(1));
  await userEvent.click(screen.getByRole('button', { name: 'Arrêter' }));
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull());
  expect([names(), TestWorker.alive.size]).toEqual([['a.txt'], 0]);
});
