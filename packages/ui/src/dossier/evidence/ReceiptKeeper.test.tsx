import { addPiece, type DossierId, type PieceId, type Rank } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testBlob, testDraft, testId } from '@liasse/core/testing';
import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Room } from '../../app/room.tsx';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import { ReceiptKeeper } from './ReceiptKeeper.tsx';

const room = dossierRoom(TEST_TEAM, testId<DossierId>(50));

test.each([
  ['who edits asks for what is lacking', { local: false, role: 'editor' }, ['receipt']],
  ['a reader asks for nothing', { local: false, role: 'reader' }, []],
  ['without a server nothing is asked for', { local: true, role: 'owner' }, []],
] as const)('[E8] while a dossier is open, %s', async (_who, { local, role }, asked) => {
  const platform = makeMemoryPlatform({ workspaces: [testWorkspace({ local, team: { role } })] });
  const parts = { manifest: testBlob(1) };
  platform.run(room, addPiece, { pieceId: testId<PieceId>(100), rank: 'a0' as Rank, draft: testDraft(), parts });
  await act(async () => {
    renderApp(
      <Room name={room}>
        <ReceiptKeeper />
        <p>Ouvert</p>
      </Room>,
      { platform },
    );
  });
  await screen.findByText('Ouvert');
  expect(platform.asked).toEqual(asked);
});
