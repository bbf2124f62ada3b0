import {
  createDossier,
  type DossierId,
  dossierRegisterView,
  registerDossier,
  trashDossier,
  trashRegisteredDossier,
} from '@liasse/core';
import { boardRoom, dossierRoom } from '@liasse/core/protocol';
import { testId } from '@liasse/core/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Room } from '../app/room.tsx';
import {
  type MemoryPlatform,
  makeMemoryPlatform,
  TEST_NOW,
  TEST_TEAM,
  testWorkspace,
} from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import DossierDaySection from './DossierDaySection.tsx';
import DossierTrashSection from './DossierTrashSection.tsx';

const board = boardRoom(TEST_TEAM);
const idOf = (n: number) => testId<DossierId>(50 + n);

function add(platform: MemoryPlatform, n: number): void {
  platform.run(dossierRoom(TEST_TEAM, idOf(n)), createDossier, { dossierId: idOf(n), title: `Dossier ${n}` });
  platform.run(board, registerDossier, { dossierId: idOf(n), title: `Dossier ${n}` });
}

test('Ma journée shows the dossiers of the last week, newest first, five at most', async () => {
  const platform = makeMemoryPlatform();
  const days = [20, 6, 5, 4, 3, 2, 1];
  for (const [n, ago] of days.entries()) {
    Object.assign(platform.clock, { now: () => TEST_NOW - ago * 86_400_000 });
    add(platform, n);
  }
  Object.assign(platform.clock, { now: () => TEST_NOW });
  renderApp(
    <Room name={board} aside>
      <DossierDaySection />
    </Room>,
    { platform },
  );
  await screen.findByRole('heading', { level: 2, name: 'Dossiers récents' });
  expect(screen.getAllByRole('listitem').map((item) => item.querySelector('a')?.textContent)).toEqual(
    [6, 5, 4, 3, 2].map((n) => `Dossier ${n}`),
  );
});

test('the trash restores a dossier everywhere, and then draws nothing', async () => {
  const app = renderApp(
    <Room name={board} aside>
      <DossierTrashSection />
    </Room>,
    {
      seed: (platform) => {
        add(platform, 1);
        platform.run(dossierRoom(TEST_TEAM, idOf(1)), trashDossier, {});
        platform.run(board, trashRegisteredDossier, { dossierId: idOf(1) });
      },
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: /Restaurer.*Dossier 1/ }));
  await waitFor(() => expect(screen.queryByRole('heading', { level: 2 })).toBeNull());
  const doc = app.platform.replica(testWorkspace().scope).doc(board);
  expect(dossierRegisterView(doc).getSnapshot().items).toMatchObject([{ id: idOf(1), trashed: null }]);
});
